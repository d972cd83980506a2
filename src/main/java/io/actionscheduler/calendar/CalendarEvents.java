package io.actionscheduler.calendar;

import io.actionscheduler.schedule.Window;
import java.util.List;

/**
 * What an iCalendar file names.
 *
 * @param days of events that last whole days, by the clock of the calendar's zone
 * @param times of the other events
 */
public record CalendarEvents(List<DateRange> days, List<Window> times) {
  public CalendarEvents {
    days = List.copyOf(days);
    times = List.copyOf(times);
  }
}
