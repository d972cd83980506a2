package io.actionscheduler.move.dialect;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.move.Elsewhere;
import io.actionscheduler.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The result of reading a schedule in the way of a program. */
public sealed interface Reading {
  Duration FIRST_LOOK = Duration.ofHours(1);
  Duration LONGEST_LOOK = Duration.ofDays(400);
  Duration FARTHEST = Duration.ofDays(36_525);

  /** It runs at the times of {@code schedule}. */
  record Fires(Next schedule) implements Reading {
    public Fires {
      requireNonNull(schedule, "schedule is null");
    }

    static Fires of(Schedule schedule) {
      return new Fires(
          (after, count) -> {
            List<Instant> times = new ArrayList<>();
            Optional<Instant> fire = schedule.next(after);
            while (fire.isPresent() && times.size() < count) {
              times.add(fire.get());
              fire = schedule.next(fire.get());
            }
            return times;
          });
    }
  }

  /** The first times of something that gives all times of a period; looks ahead a hundred years. */
  static Next ahead(Elsewhere elsewhere) {
    return (after, count) -> {
      List<Instant> times = new ArrayList<>();
      Instant from = after;
      Duration look = FIRST_LOOK;
      while (times.size() < count && from.isBefore(after.plus(FARTHEST))) {
        Instant to = from.plus(look);
        Arrays.stream(elsewhere.between(from, to))
            .limit(count - times.size())
            .forEach(at -> times.add(Instant.ofEpochSecond(at)));
        from = to;
        look = look.compareTo(LONGEST_LOOK) < 0 ? look.multipliedBy(2) : look;
      }
      return times;
    };
  }

  /** The program refuses it. */
  record Refused(String reason) implements Reading {
    public Refused {
      requireNonNull(reason, "reason is null");
    }
  }

  /** Gives times one after the other. */
  @FunctionalInterface
  interface Next {
    /** The first {@code count} times after {@code after}; fewer where there are no more. */
    List<Instant> after(Instant after, int count);
  }
}
