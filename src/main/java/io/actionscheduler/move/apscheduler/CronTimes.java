package io.actionscheduler.move.apscheduler;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.move.Elsewhere;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The times at which APScheduler 3.11 runs a {@code CronTrigger}. A time that the clock skips runs
 * once, later by the skipped span; a time that the clock shows twice runs twice. Near the moment
 * when the clock goes forward its search leaves out more; see {@link CronWalk}.
 */
final class CronTimes implements Elsewhere {
  private final CronFields fields;
  private final ZoneRules rules;

  CronTimes(CronFields fields, ZoneId zone) {
    this.fields = requireNonNull(fields, "fields is null");
    this.rules = zone.getRules();
  }

  @Override
  public long[] between(Instant from, Instant to) {
    LongStream.Builder times = LongStream.builder();
    int[] hours = fields.values("hour");
    int[] minutes = fields.values("minute");
    int[] seconds = fields.values("second");
    LocalDate last = date(to);
    for (LocalDate day = date(from); !day.isAfter(last); day = day.plusDays(1)) {
      if (!fields.isDay(day)) {
        continue;
      }
      ZoneOffsetTransition skipped = null;
      for (int hour : hours) {
        for (int minute : minutes) {
          for (int second : seconds) {
            LocalDateTime at = LocalDateTime.of(day, LocalTime.of(hour, minute, second));
            List<ZoneOffset> offsets = rules.getValidOffsets(at);
            if (offsets.isEmpty()) {
              ZoneOffsetTransition gap = rules.getTransition(at);
              if (!gap.equals(skipped)) { // continues with later values from there
                times.add(at.toEpochSecond(gap.getOffsetBefore()));
              }
              skipped = gap;
            }
            offsets.forEach(offset -> times.add(at.toEpochSecond(offset)));
          }
        }
      }
    }
    long[] all =
        times
            .build()
            .filter(at -> at > from.getEpochSecond() && at <= to.getEpochSecond())
            .sorted()
            .distinct()
            .toArray();
    List<LeftOut> leftOut = leftOut(all, from, to);
    return leftOut.isEmpty()
        ? all
        : Arrays.stream(all).filter(at -> leftOut.stream().noneMatch(out -> out.has(at))).toArray();
  }

  /** What the search over a gap of the clock does not find: all between two runs. */
  private record LeftOut(long last, long next) {
    boolean has(long at) {
      return at > last && at < next;
    }
  }

  private List<LeftOut> leftOut(long[] all, Instant from, Instant to) {
    List<LeftOut> leftOut = new ArrayList<>();
    ZoneOffsetTransition change = rules.nextTransition(from);
    while (change != null && !change.getInstant().isAfter(to)) {
      if (change.isGap()) {
        int place = Arrays.binarySearch(all, change.toEpochSecond());
        int before = (place < 0 ? -place - 1 : place) - 1;
        long last = before < 0 ? from.getEpochSecond() : all[before];
        long next =
            CronWalk.next(fields, rules, Instant.ofEpochSecond(last), to)
                .map(Instant::getEpochSecond)
                .orElse(Long.MAX_VALUE);
        leftOut.add(new LeftOut(last, next));
      }
      change = rules.nextTransition(change.getInstant());
    }
    return leftOut;
  }

  private LocalDate date(Instant at) {
    return LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, rules.getOffset(at)).toLocalDate();
  }
}
