package io.actionscheduler.calendar;

import io.actionscheduler.schedule.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/** Windows by the clock of a zone. */
final class ClockWindows {
  /** A local time is always nearer than this to the instant of the same number. */
  private static final Duration NEAR = Duration.ofDays(1);

  private ClockWindows() {}

  /**
   * Adds when the clock of {@code zone} shows a time from {@code from} until just before {@code
   * until}: where it is set back, that may be twice; where it skips all of it, never.
   */
  static void add(LocalDateTime from, LocalDateTime until, ZoneId zone, List<Window> windows) {
    ZoneRules rules = zone.getRules();
    Instant at = from.toInstant(ZoneOffset.UTC).minus(NEAR);
    Instant last = until.toInstant(ZoneOffset.UTC).plus(NEAR);
    while (at.isBefore(last)) {
      ZoneOffset offset = rules.getOffset(at);
      ZoneOffsetTransition change = rules.nextTransition(at);
      Instant end =
          change == null || change.getInstant().isAfter(last) ? last : change.getInstant();
      Instant start = from.toInstant(offset).isBefore(at) ? at : from.toInstant(offset);
      Instant stop = until.toInstant(offset).isAfter(end) ? end : until.toInstant(offset);
      if (start.isBefore(stop)) {
        windows.add(new Window(start, stop));
      }
      at = end;
    }
  }
}
