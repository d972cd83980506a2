package io.actionscheduler.zone;

import java.time.zone.ZoneRules;
import java.util.Set;

/** One body of time zone data, of one version. Safe for use by many threads. */
public interface ZoneSource {

  /** What it is called in the settings: {@code system}, {@code bundled}, {@code jdk}, a folder. */
  String name();

  /** Where it is, for messages. */
  String place();

  /** The version, as its publisher counts: {@code 2026f}; {@code unknown} where nothing says so. */
  String version();

  /** Whether its version is a later one; one that is unknown is no later than any other. */
  default boolean isNewerThan(ZoneSource other) {
    return ZoneVersion.isLater(version(), other.version());
  }

  /**
   * The names of its zones.
   *
   * @throws ZoneFault when they cannot be read
   */
  Set<String> ids() throws ZoneFault;

  /**
   * The rules of one zone.
   *
   * @throws ZoneFault when it has none of that name, or cannot be read
   */
  ZoneRules rules(String id) throws ZoneFault;
}
