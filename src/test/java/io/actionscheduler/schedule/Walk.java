package io.actionscheduler.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The fires of ({@code from}, {@code to}], walked one by one. */
final class Walk {
  private Walk() {}

  static List<Instant> forth(Schedule schedule, Instant from, Instant to) {
    List<Instant> fires = new ArrayList<>();
    Optional<Instant> fire = schedule.next(from);
    while (fire.isPresent() && !fire.get().isAfter(to)) {
      fires.add(fire.get());
      fire = schedule.next(fire.get());
    }
    return fires;
  }

  static List<Instant> back(Schedule schedule, Instant from, Instant to) {
    List<Instant> fires = new ArrayList<>();
    Optional<Instant> fire = schedule.previous(to);
    while (fire.isPresent() && fire.get().isAfter(from)) {
      fires.add(fire.get());
      fire = schedule.previous(fire.get().minusNanos(1));
    }
    Collections.reverse(fires);
    return fires;
  }
}
