package io.actionscheduler.verify;

import java.time.zone.ZoneRulesProvider;

/** The time zone data in use: another version may hold other fire times of the past. */
public final class ZoneData {
  private ZoneData() {}

  /** The version, as its publisher counts: {@code 2025b}. */
  public static String version() {
    return ZoneRulesProvider.getVersions("UTC").lastKey();
  }
}
