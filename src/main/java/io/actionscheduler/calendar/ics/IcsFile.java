package io.actionscheduler.calendar.ics;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.TimezoneAssignment;
import biweekly.io.text.ICalReader;
import biweekly.property.DateOrDateTimeProperty;
import biweekly.property.ICalProperty;
import biweekly.util.ICalDate;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import io.actionscheduler.calendar.CalendarEvents;
import io.actionscheduler.calendar.CalendarFault;
import io.actionscheduler.calendar.DateRange;
import io.actionscheduler.schedule.Window;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;

/**
 * Reads the events of an iCalendar file (RFC 5545): also those that repeat, with their exceptions,
 * until the end of the year {@value #LAST_YEAR}. Cancelled events do not count; whether an event is
 * shown as busy plays no part.
 */
public final class IcsFile {
  private static final int LAST_YEAR = 2100;
  private static final Duration HALF_A_DAY = Duration.ofHours(12);
  private static final int MOST = 100_000;

  private final ZoneId zone;
  private final List<DateRange> days = new ArrayList<>();
  private final List<Window> times = new ArrayList<>();
  private int found;

  private IcsFile(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * The events of {@code text}.
   *
   * @param zone of times that name none
   * @throws CalendarFault when it is no calendar, or names more than 100,000 times
   */
  public static CalendarEvents read(String text, ZoneId zone) throws CalendarFault {
    if (!text.contains("BEGIN:VCALENDAR") || !text.stripTrailing().endsWith("END:VCALENDAR")) {
      throw new CalendarFault("is no whole iCalendar file: BEGIN:VCALENDAR and END:VCALENDAR");
    }
    IcsFile file = new IcsFile(zone);
    try (ICalReader reader = new ICalReader(text)) {
      reader.setDefaultTimezone(TimeZone.getTimeZone(zone));
      ICalendar calendar;
      while ((calendar = reader.readNext()) != null) {
        file.add(calendar);
      }
    } catch (IOException e) {
      throw new CalendarFault("cannot be read: " + e.getMessage(), e);
    } catch (RuntimeException e) { // of what the library makes of odd values
      throw new CalendarFault("is not understood: " + e, e);
    }
    if (file.found == 0) {
      throw new CalendarFault("has no event");
    }
    return new CalendarEvents(file.days, file.times);
  }

  private void add(ICalendar calendar) throws CalendarFault {
    Set<String> replaced = new HashSet<>(); // single occurrences that other events replace
    for (VEvent event : calendar.getEvents()) {
      if (event.getRecurrenceId() != null && event.getUid() != null) {
        replaced.add(key(event, event.getRecurrenceId().getValue()));
      }
    }
    for (VEvent event : calendar.getEvents()) {
      found++;
      if (event.getStatus() == null || !event.getStatus().isCancelled()) {
        add(calendar, event, replaced);
      }
    }
  }

  private static String key(VEvent event, Date at) {
    return event.getUid().getValue() + " " + at.getTime();
  }

  private void add(ICalendar calendar, VEvent event, Set<String> replaced) throws CalendarFault {
    if (event.getDateStart() == null || event.getDateStart().getValue() == null) {
      throw new CalendarFault("has an event without a beginning: " + title(event));
    }
    Optional<String> inexact = InexactRule.of(event);
    if (inexact.isPresent()) {
      throw new CalendarFault(
          "has an event %s whose rule cannot be expanded exactly (%s); list its dates instead"
              .formatted(title(event), inexact.get()));
    }
    ICalDate start = event.getDateStart().getValue();
    Duration length = length(calendar, event);
    TimeZone clock = clock(calendar, event.getDateStart());
    boolean replaces = event.getRecurrenceId() != null;
    DateIterator dates = event.getDateIterator(clock);
    while (dates.hasNext()) {
      Date at = dates.next();
      LocalDate day =
          start.hasTime() ? LocalDate.ofInstant(at.toInstant(), ZoneOffset.UTC) : day(at);
      if (day.getYear() > LAST_YEAR) {
        break;
      }
      boolean gone = !replaces && event.getUid() != null && replaced.contains(key(event, at));
      if (!gone) {
        add(at, start.hasTime() ? Optional.of(clock) : Optional.empty(), length);
      }
    }
  }

  private void add(Date at, Optional<TimeZone> clock, Duration length) throws CalendarFault {
    if (days.size() + times.size() == MOST) {
      throw new CalendarFault("names more than " + MOST + " times until the year " + LAST_YEAR);
    }
    if (clock.isPresent()) {
      if (!length.isZero()) {
        Instant start = EarlierTime.of(at, clock.get());
        times.add(new Window(start, start.plus(length)));
      }
    } else {
      LocalDate first = day(at);
      long count = Math.max(1, Math.round(length.toMinutes() / (24 * 60.0)));
      days.add(new DateRange(first, first.plusDays(count - 1)));
    }
  }

  /** A date, which the library has as a midnight of the zone of this process. */
  private static LocalDate day(Date at) {
    return LocalDate.ofInstant(at.toInstant().plus(HALF_A_DAY), ZoneId.systemDefault());
  }

  private TimeZone clock(ICalendar calendar, ICalProperty start) {
    TimezoneAssignment named = calendar.getTimezoneInfo().getTimezone(start);
    if (named != null) {
      return named.getTimeZone();
    }
    return TimeZone.getTimeZone(
        calendar.getTimezoneInfo().isFloating(start) ? zone : ZoneOffset.UTC);
  }

  /** How long it lasts; no time where neither its end nor its duration is given. */
  private Duration length(ICalendar calendar, VEvent event) throws CalendarFault {
    Duration length = Duration.ZERO;
    DateOrDateTimeProperty end = event.getDateEnd();
    if (end != null && end.getValue() != null) {
      length = Duration.between(moment(calendar, event.getDateStart()), moment(calendar, end));
    } else if (event.getDuration() != null && event.getDuration().getValue() != null) {
      length = Duration.ofMillis(event.getDuration().getValue().toMillis());
    }
    if (length.isNegative()) {
      throw new CalendarFault("has an event that ends before it begins: " + title(event));
    }
    return length;
  }

  private Instant moment(ICalendar calendar, DateOrDateTimeProperty at) {
    ICalDate value = at.getValue();
    return value.hasTime() ? EarlierTime.of(value, clock(calendar, at)) : value.toInstant();
  }

  private static String title(VEvent event) {
    return event.getSummary() != null
        ? "\"" + event.getSummary().getValue() + "\""
        : event.getUid() != null ? event.getUid().getValue() : "one without a title";
  }
}
