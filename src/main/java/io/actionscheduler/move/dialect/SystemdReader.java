package io.actionscheduler.move.dialect;

import io.actionscheduler.schedule.InvalidSchedule;
import java.time.ZoneId;

/** systemd, whose calendar events look different: no crontab line is one. */
final class SystemdReader implements Dialect.Reader {
  @Override
  public Reading read(String text, ZoneId zone) throws InvalidSchedule {
    throw new InvalidSchedule("no calendar event, such as Mon *-*-* 09:00");
  }
}
