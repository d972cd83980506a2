package io.actionscheduler.move.dialect;

import io.actionscheduler.schedule.ClockChanges;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Schedule;
import java.time.ZoneId;

/**
 * Spring's {@code CronExpression}: date and weekday must both match; five fields get a second.
 * Where the clock changes it follows the clock.
 */
final class SpringReader implements Dialect.Reader {
  @Override
  public Reading read(String text, ZoneId zone) throws InvalidSchedule {
    if (text.startsWith("@")) {
      return Reading.Fires.of(ClockChanges.FOLLOW.applyTo(Fields.crontab(text, zone)));
    }
    Fields fields = Fields.of(text, 6).openSteps();
    if (fields.get(3).matches(".*(L-|LW).*")) {
      throw new InvalidSchedule("days from the end of a month are not compared here");
    }
    Schedule schedule =
        fields.with(5, day -> day.equals("*") || day.equals("?") ? day : "+" + day).schedule(zone);
    return Reading.Fires.of(ClockChanges.FOLLOW.applyTo(schedule));
  }
}
