package io.actionscheduler.calendar;

import io.actionscheduler.schedule.Window;
import io.actionscheduler.schedule.Windows;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whole days by the clock of a zone. */
final class DayWindows implements Windows {
  private final TreeMap<LocalDate, LocalDate> ranges = new TreeMap<>(); // last by first, apart
  private final ZoneId zone;

  DayWindows(List<DateRange> days, ZoneId zone) {
    this.zone = zone;
    List<DateRange> sorted = new ArrayList<>(days);
    sorted.sort(Comparator.comparing(DateRange::first));
    for (DateRange range : sorted) {
      Map.Entry<LocalDate, LocalDate> before = ranges.lastEntry();
      if (before == null || before.getValue().isBefore(range.first().minusDays(1))) {
        ranges.put(range.first(), range.last());
      } else if (before.getValue().isBefore(range.last())) {
        ranges.put(before.getKey(), range.last());
      }
    }
  }

  @Override
  public List<Window> between(Instant from, Instant until) {
    if (!from.isBefore(until)) {
      return List.of();
    }
    LocalDate first = LocalDate.ofInstant(from, zone).minusDays(1);
    LocalDate last = LocalDate.ofInstant(until, zone).plusDays(1);
    LocalDate begin = ranges.floorKey(first);
    List<Window> found = new ArrayList<>();
    for (Map.Entry<LocalDate, LocalDate> range :
        ranges.tailMap(begin == null ? first : begin, true).entrySet()) {
      if (range.getKey().isAfter(last)) {
        break;
      }
      LocalDate end = range.getValue().plusDays(1);
      ClockWindows.add(range.getKey().atStartOfDay(), end.atStartOfDay(), zone, found);
    }
    return Windows.cut(Windows.joined(found), from, until);
  }
}
