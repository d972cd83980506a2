package io.actionscheduler.move.dialect;

import io.actionscheduler.move.Elsewhere;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A schedule as Kubernetes reads it, by robfig/cron.
 *
 * @param text crontab that has the same days and times here
 */
public record Kubernetes(String text, Elsewhere elsewhere) {
  private static final int AT_ONCE = 10_000;

  /**
   * Reads {@code written}: five fields or a nickname.
   *
   * @throws InvalidSchedule when Kubernetes refuses it, and for {@code @every}
   */
  public static Kubernetes read(String written, ZoneId zone) throws InvalidSchedule {
    Reading.Fires there = (Reading.Fires) new RobfigReader().read(written, zone);
    return new Kubernetes(
        written.startsWith("@") ? written : text(written),
        (from, to) -> between(there.schedule(), from, to));
  }

  /** As written if that means the same here, otherwise rewritten. */
  private static String text(String written) throws InvalidSchedule {
    Fields rewritten = RobfigReader.rewritten(written);
    Schedule theirs = rewritten.schedule(ZoneOffset.UTC);
    try {
      Schedule ours = Fields.crontab(written, ZoneOffset.UTC);
      return ours.meansTheSameAs(theirs) ? written : rewritten.five();
    } catch (InvalidSchedule e) {
      return rewritten.five(); // 0/15 is not valid here
    }
  }

  private static long[] between(Reading.Next schedule, Instant from, Instant to) {
    LongStream.Builder times = LongStream.builder();
    List<Instant> some = schedule.after(from, AT_ONCE);
    while (!some.isEmpty() && !some.get(0).isAfter(to)) {
      some.stream().filter(at -> !at.isAfter(to)).forEach(at -> times.add(at.getEpochSecond()));
      some = schedule.after(some.get(some.size() - 1), AT_ONCE);
    }
    return times.build().toArray();
  }
}
