package io.actionscheduler.move.dialect;

import io.actionscheduler.move.crontab.VixieCron;
import io.actionscheduler.schedule.InvalidSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Debian's cron and cronie, which come from Vixie's: five fields, or a nickname. */
final class VixieReader implements Dialect.Reader {
  private static final Duration LOOK = Duration.ofDays(120);
  private static final int LOOKS = 40; // 13 years: 29 February, and on a certain weekday

  @Override
  public Reading read(String text, ZoneId zone) throws InvalidSchedule {
    VixieCron cron;
    try {
      cron = VixieCron.of(text, zone);
    } catch (IllegalArgumentException e) {
      throw new InvalidSchedule("\"" + e.getMessage() + "\" is not taken");
    }
    return new Reading.Fires((after, count) -> next(cron, after, count));
  }

  private static List<Instant> next(VixieCron cron, Instant after, int count) {
    List<Instant> times = new ArrayList<>();
    Instant from = after;
    for (int i = 0; i < LOOKS && times.size() < count; i++) {
      Instant to = from.plus(LOOK);
      Arrays.stream(cron.between(from, to))
          .limit(count - times.size())
          .forEach(at -> times.add(Instant.ofEpochSecond(at)));
      from = to;
    }
    return times;
  }
}
