package io.actionscheduler.move.dialect;

import io.actionscheduler.move.systemd.CalendarEvent;
import io.actionscheduler.move.systemd.CalendarTimes;
import io.actionscheduler.schedule.InvalidSchedule;
import java.time.ZoneId;

/** systemd, whose calendar events have another form: no crontab line is valid. */
final class SystemdReader implements Dialect.Reader {
  @Override
  public Reading read(String text, ZoneId zone) throws InvalidSchedule {
    try {
      return new Reading.Fires(Reading.ahead(new CalendarTimes(CalendarEvent.read(text), zone)));
    } catch (CalendarEvent.Unreadable e) {
      throw new InvalidSchedule(
          text.matches("(\\S++\\s++){4,}+\\S+")
              ? "not a calendar event, such as Mon *-*-* 09:00"
              : e.getMessage());
    }
  }
}
