package io.actionscheduler.verify;

import java.time.zone.ZoneRulesProvider;

/** The time zone data in use; with another version, past fire times may differ. */
public final class ZoneData {
  private ZoneData() {}

  /** The version, as its publisher names it: {@code 2025b}. */
  public static String version() {
    return ZoneRulesProvider.getVersions("UTC").lastKey();
  }
}
