package io.actionscheduler.calendar;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.schedule.Windows;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A named calendar as the settings have it.
 *
 * @param zone of its dates and hours, and of times in its files that name none
 * @param files iCalendar files whose events belong to it
 */
public record CalendarSettings(
    String name, ZoneId zone, List<DateRange> dates, List<WeeklyHours> weekly, List<Path> files) {
  public CalendarSettings {
    requireNonNull(name, "name is null");
    requireNonNull(zone, "zone is null");
    dates = List.copyOf(dates);
    weekly = List.copyOf(weekly);
    files = List.copyOf(files);
  }

  /** Its times, with those of its files. */
  public Windows windows(List<CalendarEvents> ofFiles) {
    List<DateRange> days = new ArrayList<>(dates);
    List<Windows> all = new ArrayList<>();
    for (CalendarEvents events : ofFiles) {
      days.addAll(events.days());
      if (!events.times().isEmpty()) {
        all.add(new FixedWindows(events.times()));
      }
    }
    if (!days.isEmpty()) {
      all.add(new DayWindows(days, zone));
    }
    weekly.forEach(hours -> all.add(hours.in(zone)));
    return Windows.union(all);
  }
}
