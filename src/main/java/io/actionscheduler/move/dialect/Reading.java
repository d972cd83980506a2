package io.actionscheduler.move.dialect;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.schedule.Schedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a program makes of a schedule. */
public sealed interface Reading {
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

  /** It does not take it. */
  record Refused(String reason) implements Reading {
    public Refused {
      requireNonNull(reason, "reason is null");
    }
  }

  /** Times one after the other. */
  @FunctionalInterface
  interface Next {
    /** The first {@code count} times after {@code after}; fewer where there are no more. */
    List<Instant> after(Instant after, int count);
  }
}
