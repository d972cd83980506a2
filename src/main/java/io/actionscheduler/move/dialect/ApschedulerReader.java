package io.actionscheduler.move.dialect;

import io.actionscheduler.schedule.InvalidSchedule;
import java.time.ZoneId;

/** APScheduler's {@code CronTrigger.from_crontab}: weekday 0 is Monday, both days must match. */
final class ApschedulerReader implements Dialect.Reader {
  @Override
  public Reading read(String text, ZoneId zone) throws InvalidSchedule {
    return Reading.Fires.of(Fields.fromCrontab(text, zone));
  }
}
