package io.actionscheduler.move.dialect;

import io.actionscheduler.move.crontab.VixieCron;
import io.actionscheduler.schedule.InvalidSchedule;
import java.time.ZoneId;

/** Debian's cron and cronie, which come from Vixie's: five fields, or a nickname. */
final class VixieReader implements Dialect.Reader {
  @Override
  public Reading read(String text, ZoneId zone) throws InvalidSchedule {
    VixieCron cron;
    try {
      cron = VixieCron.of(text, zone);
    } catch (IllegalArgumentException e) {
      throw new InvalidSchedule("\"" + e.getMessage() + "\" is not accepted");
    }
    return new Reading.Fires(Reading.ahead(cron));
  }
}
