package io.actionscheduler.quartz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.TimeZone;

/**
 * Zones in which Quartz can be asked for comparison: it knows the JDK's own data alone, which may
 * be older than those that schedules go by.
 */
final class JdkZones {
  private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2037-01-01T00:00:00Z");

  private JdkZones() {}

  /** Those of {@code zones} for which both have the same data; most of them. */
  static List<String> among(String... zones) {
    List<String> same = List.of(zones).stream().filter(JdkZones::isSame).toList();
    assertThat(same).as("zones with the same data").hasSizeGreaterThan(zones.length / 2);
    return same;
  }

  private static boolean isSame(String zone) {
    TimeZone jdk = TimeZone.getTimeZone(zone);
    for (Instant at = FIRST; at.isBefore(LAST); at = at.plus(Duration.ofHours(6))) {
      int seconds = ZoneId.of(zone).getRules().getOffset(at).getTotalSeconds();
      if (jdk.getOffset(at.toEpochMilli()) != 1000 * seconds) {
        return false;
      }
    }
    return true;
  }
}
