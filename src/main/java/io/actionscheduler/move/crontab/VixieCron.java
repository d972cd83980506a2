package io.actionscheduler.move.crontab;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.move.Elsewhere;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.stream.LongStream;

/**
 * The times at which Debian's cron and cronie run a line, computed minute by minute as they do.
 * After a jump of the clock of up to three hours, they run at once every skipped minute of a line,
 * except of lines whose minute or hour begins with {@code *}. While a clock that was set back
 * catches up, they run only the latter lines.
 */
public final class VixieCron implements Elsewhere {
  private static final int SHORT_JUMP = 5;
  private static final int LONG_JUMP = 180;
  private static final long DAY = 24 * 60;

  private final VixieFields fields;
  private final ZoneId zone;

  VixieCron(VixieFields fields, ZoneId zone) {
    this.fields = requireNonNull(fields, "fields is null");
    this.zone = requireNonNull(zone, "zone is null");
  }

  /**
   * The line {@code text}: five fields, or a nickname except {@code @reboot}.
   *
   * @throws IllegalArgumentException when cron refuses it; the message is the wrong part
   */
  public static VixieCron of(String text, ZoneId zone) {
    return new VixieCron(VixieFields.read(CrontabLine.fields(text)), zone);
  }

  /**
   * Whether cron takes {@code text} and never runs it, as with a range that ends before it begins.
   *
   * @throws IllegalArgumentException when cron refuses it; the message is the wrong part
   */
  public static boolean isNever(String text) {
    return VixieFields.read(CrontabLine.fields(text)).isNever();
  }

  @Override
  public long[] between(Instant from, Instant to) {
    LongStream.Builder runs = LongStream.builder();
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition last = rules.previousTransition(from.plusSeconds(1));
    Instant start = from;
    while (start.isBefore(to)) {
      ZoneOffsetTransition change = rules.nextTransition(start);
      Instant end =
          change == null || change.getInstant().isAfter(to)
              ? to.plusSeconds(1)
              : change.getInstant();
      long offset = rules.getOffset(start).getTotalSeconds();
      long minute = minute(start.getEpochSecond() + 59, offset);
      if (last != null && last.getInstant().equals(start)) {
        minute = jump(last, runs);
      }
      run(minute, minute(end.getEpochSecond() - 1, offset), offset, runs);
      last = change;
      start = end;
    }
    return runs.build()
        .filter(at -> at > from.getEpochSecond() && at <= to.getEpochSecond())
        .toArray();
  }

  /** Runs what is due after a change of the clock; gives the next minute. */
  private long jump(ZoneOffsetTransition change, LongStream.Builder runs) {
    long second = change.toEpochSecond();
    long virtual = minute(second - 60, change.getOffsetBefore().getTotalSeconds());
    long offset = change.getOffsetAfter().getTotalSeconds();
    long now = minute(second, offset);
    long difference = now - virtual;
    if (difference > LONG_JUMP || difference <= -LONG_JUMP || difference == 1) {
      return now;
    }
    boolean follows = fields.flags().followsClock();
    if (difference <= 0) { // until the clock has caught up, only lines that follow the clock
      run(follows ? now : virtual + 1, virtual, offset, runs);
      return virtual + 1;
    }
    boolean skippedToo = difference <= SHORT_JUMP || !follows;
    for (long minute = skippedToo ? virtual + 1 : now; minute <= now; minute++) {
      if (matches(minute)) {
        runs.add(second);
      }
    }
    return now + 1;
  }

  private static long minute(long second, long offset) {
    return Math.floorDiv(second + offset, 60L);
  }

  /** Runs the matching times from one local minute to another, both included. */
  private void run(long first, long last, long offset, LongStream.Builder runs) {
    for (long day = Math.floorDiv(first, DAY); day * DAY <= last; day++) {
      if (!isDay(day)) {
        continue;
      }
      for (int hour = fields.hours().nextSetBit(0);
          hour >= 0;
          hour = fields.hours().nextSetBit(hour + 1)) {
        for (int at = fields.minutes().nextSetBit(0);
            at >= 0;
            at = fields.minutes().nextSetBit(at + 1)) {
          long minute = day * DAY + hour * 60L + at;
          if (minute >= first && minute <= last) {
            runs.add(minute * 60 - offset);
          }
        }
      }
    }
  }

  private boolean matches(long minute) {
    int ofDay = (int) Math.floorMod(minute, DAY);
    return isDay(Math.floorDiv(minute, DAY))
        && fields.hours().get(ofDay / 60)
        && fields.minutes().get(ofDay % 60);
  }

  private boolean isDay(long day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    DayOfWeek weekday = date.getDayOfWeek();
    return fields.isDay(date.getDayOfMonth(), date.getMonthValue(), weekday.getValue());
  }
}
