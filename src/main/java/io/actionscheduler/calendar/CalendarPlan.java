package io.actionscheduler.calendar;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The calendars and blackouts that the settings name. */
public record CalendarPlan(List<CalendarSettings> calendars, List<Blackout> blackouts) {
  public CalendarPlan {
    calendars = List.copyOf(calendars);
    blackouts = List.copyOf(blackouts);
  }

  /** The names of the calendars. */
  public Set<String> names() {
    return calendars.stream().map(CalendarSettings::name).collect(Collectors.toUnmodifiableSet());
  }
}
