package io.actionscheduler.quartz;

import io.actionscheduler.schedule.InvalidSchedule;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.TimeZone;
import java.util.stream.LongStream;
import org.quartz.CronExpression;

/** The fire times of an expression as Quartz itself walks from one to the next. */
public final class QuartzWalk {
  private final CronExpression expression;

  private QuartzWalk(CronExpression expression) {
    this.expression = expression;
  }

  /**
   * Of {@code text}, by the clock of {@code zone}.
   *
   * @throws InvalidSchedule when Quartz refuses it; the message says why
   */
  public static QuartzWalk of(String text, ZoneId zone) throws InvalidSchedule {
    try {
      CronExpression expression = new CronExpression(text);
      expression.setTimeZone(TimeZone.getTimeZone(zone));
      return new QuartzWalk(expression);
    } catch (ParseException e) {
      throw new InvalidSchedule("quartz \"" + text + "\": " + e.getMessage());
    }
  }

  /** The seconds of the epoch in ({@code from}, {@code to}] at which it fires. */
  public long[] between(Instant from, Instant to) {
    LongStream.Builder times = LongStream.builder();
    Date at = expression.getTimeAfter(Date.from(from));
    while (at != null && !at.toInstant().isAfter(to)) {
      times.add(at.toInstant().getEpochSecond());
      at = expression.getTimeAfter(at);
    }
    return times.build().toArray();
  }
}
