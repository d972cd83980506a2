package io.actionscheduler.move;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.move.Difference.Example;
import io.actionscheduler.move.Difference.Kind;
import io.actionscheduler.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A comparison of all fire times of a period, here and in the program that the schedule comes from.
 *
 * @param from exclusive
 * @param to inclusive; earlier than requested if there are too many times to compare
 */
public record Proof(Instant from, Instant to, long here, long there, List<Difference> differences) {
  /** The most times that are compared: enough for every minute of two years. */
  private static final long MOST = 1_100_000;

  private static final int EXAMPLES = 3;
  private static final Duration NEAR = Duration.ofHours(4);

  public Proof {
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    differences = List.copyOf(differences);
  }

  public boolean isSame() {
    return differences.isEmpty();
  }

  /** Compares {@code ours} and {@code theirs} from {@code from} to {@code to}, by {@code zone}. */
  public static Proof of(Schedule ours, Elsewhere theirs, ZoneId zone, Instant from, Instant to) {
    Instant end = to;
    while (ours.count(from, end) > MOST) {
      end = from.plus(Duration.between(from, end).dividedBy(2));
    }
    long[] here = times(ours, from, end);
    long[] there = theirs.between(from, end);
    return new Proof(
        from, end, here.length, there.length, new Comparison(here, there, zone).differences());
  }

  private static long[] times(Schedule schedule, Instant from, Instant to) {
    long[] times = new long[Math.toIntExact(schedule.count(from, to))];
    Optional<Instant> fire = schedule.next(from);
    for (int i = 0; i < times.length; i++) {
      times[i] = fire.orElseThrow().getEpochSecond();
      fire = schedule.next(fire.get());
    }
    return times;
  }

  /** Walks through both lists at once. */
  private static final class Comparison {
    private final long[] here;
    private final long[] there;
    private final ZoneId zone;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, List<Example>> examples = new EnumMap<>(Kind.class);

    Comparison(long[] here, long[] there, ZoneId zone) {
      this.here = here;
      this.there = there;
      this.zone = zone;
    }

    List<Difference> differences() {
      int i = 0;
      int j = 0;
      while (i < here.length || j < there.length) {
        long at = Math.min(at(here, i), at(there, j));
        int ours = 0;
        int theirs = 0;
        for (; at(here, i) == at; i++) {
          ours++;
        }
        for (; at(there, j) == at; j++) {
          theirs++;
        }
        if (ours != theirs) {
          add(at, ours, theirs);
        }
      }
      List<Difference> all = new ArrayList<>();
      counts.forEach((kind, count) -> all.add(new Difference(kind, count, examples.get(kind))));
      return all;
    }

    private static long at(long[] times, int index) {
      return index < times.length ? times[index] : Long.MAX_VALUE;
    }

    private void add(long second, int ours, int theirs) {
      Instant at = Instant.ofEpochSecond(second);
      Kind kind = kind(at, ours > theirs ? there : here);
      counts.merge(kind, 1L, Long::sum);
      List<Example> some = examples.computeIfAbsent(kind, any -> new ArrayList<>());
      if (some.size() < EXAMPLES) {
        some.add(new Example(at, ours, theirs));
      }
    }

    private Kind kind(Instant at, long[] others) {
      ZoneOffsetTransition change = zone.getRules().nextTransition(at.minus(NEAR));
      if (change != null && change.getInstant().isBefore(at.plus(NEAR))) {
        return Kind.CLOCK_CHANGE;
      }
      Instant day = at.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
      int index = Arrays.binarySearch(others, day.getEpochSecond());
      long next = at(others, index < 0 ? -index - 1 : index);
      return next < day.plus(Duration.ofDays(1)).getEpochSecond() ? Kind.TIME : Kind.DAY;
    }
  }
}
