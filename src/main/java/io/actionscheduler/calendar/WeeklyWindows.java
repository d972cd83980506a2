package io.actionscheduler.calendar;

import io.actionscheduler.schedule.Window;
import io.actionscheduler.schedule.Windows;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/** Hours of the week by the clock of a zone. Safe for many threads. */
final class WeeklyWindows implements Windows {
  // A million actions that are due together ask for the same days.
  private static final Duration LONGEST_ASKED = Duration.ofDays(16);
  private static final Duration BEFORE = Duration.ofDays(1);
  private static final Duration BEHIND = Duration.ofDays(31);

  private final WeeklyHours hours;
  private final ZoneId zone;
  private volatile Known known; // null before the first question

  /** What was computed last, under these rules of the zone. */
  private record Known(ZoneRules rules, Instant from, Instant until, List<Window> windows) {
    boolean covers(ZoneRules now, Instant begin, Instant end) {
      return rules == now && !begin.isBefore(from) && !end.isAfter(until);
    }
  }

  WeeklyWindows(WeeklyHours hours, ZoneId zone) {
    this.hours = hours;
    this.zone = zone;
  }

  @Override
  public List<Window> between(Instant from, Instant until) {
    if (!from.isBefore(until)) {
      return List.of();
    }
    ZoneRules rules = zone.getRules();
    Known recent = known;
    if (recent == null || !recent.covers(rules, from, until)) {
      if (from.plus(LONGEST_ASKED).isBefore(until)) {
        return compute(from, until);
      }
      Instant begin = from.minus(BEFORE);
      Instant end = from.plus(BEHIND);
      recent = new Known(rules, begin, end, compute(begin, end));
      known = recent;
    }
    return Windows.cut(recent.windows(), from, until);
  }

  private List<Window> compute(Instant begin, Instant end) {
    List<Window> found = new ArrayList<>();
    LocalDate last = LocalDate.ofInstant(end, zone).plusDays(1);
    for (LocalDate date = LocalDate.ofInstant(begin, zone).minusDays(2);
        !date.isAfter(last);
        date = date.plusDays(1)) {
      if (hours.days().contains(date.getDayOfWeek())) {
        LocalDateTime from = date.atStartOfDay().plusSeconds(hours.from());
        LocalDateTime until = date.atStartOfDay().plusSeconds(hours.until());
        ClockWindows.add(from, until.isAfter(from) ? until : until.plusDays(1), zone, found);
      }
    }
    return Windows.cut(Windows.joined(found), begin, end);
  }
}
