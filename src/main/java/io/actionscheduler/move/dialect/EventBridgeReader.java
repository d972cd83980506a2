package io.actionscheduler.move.dialect;

import io.actionscheduler.quartz.QuartzExpression;
import io.actionscheduler.schedule.InvalidSchedule;
import java.time.ZoneId;

/** AWS EventBridge, by its documentation: six fields from minute to year, read as Quartz does. */
final class EventBridgeReader implements Dialect.Reader {
  private static final int FIELDS = 6;

  @Override
  public Reading read(String text, ZoneId zone) throws InvalidSchedule {
    String fields = text.replaceFirst("^cron\\((.*)\\)$", "$1").strip();
    int count = fields.split("[ \t]+").length;
    if (count != FIELDS) {
      throw new InvalidSchedule(
          count + " fields; it takes 6 (minute hour day-of-month month day-of-week year)");
    }
    return Reading.Fires.of(QuartzExpression.parse("0 " + fields).in(zone));
  }
}
