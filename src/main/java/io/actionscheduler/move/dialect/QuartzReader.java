package io.actionscheduler.move.dialect;

import io.actionscheduler.quartz.QuartzExpression;
import io.actionscheduler.schedule.InvalidSchedule;
import java.time.ZoneId;

/** Quartz; five fields get a second. */
final class QuartzReader implements Dialect.Reader {
  @Override
  public Reading read(String text, ZoneId zone) throws InvalidSchedule {
    String fields = text.split("[ \t]+").length == 5 ? "0 " + text : text;
    return Reading.Fires.of(QuartzExpression.parse(fields).in(zone));
  }
}
