package io.actionscheduler.move.dialect;

import io.actionscheduler.schedule.InvalidSchedule;
import java.time.ZoneId;

/**
 * croner: the Open Cron Pattern Specification, as here; but {@code *}{@code /2} as a day restricts
 * it, and a step wider than its field is refused.
 */
final class CronerReader implements Dialect.Reader {
  private static final int[] WIDTHS = {60, 60, 24, 31, 12, 7};

  @Override
  public Reading read(String text, ZoneId zone) throws InvalidSchedule {
    if (text.startsWith("@")) {
      return Reading.Fires.of(Fields.crontab(text, zone));
    }
    Fields fields = Fields.of(text, 7);
    for (int i = 0; i < WIDTHS.length; i++) {
      if (fields.step(i) > WIDTHS[i]) {
        throw new InvalidSchedule("\"" + fields.get(i) + "\": a step is at most " + WIDTHS[i]);
      }
    }
    return Reading.Fires.of(fields.restrictingSteps().schedule(zone));
  }
}
