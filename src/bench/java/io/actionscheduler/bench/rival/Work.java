package io.actionscheduler.bench.rival;

import io.actionscheduler.bench.Cadence;
import java.time.Instant;

/** What a rival is to do: actions 1 to {@code actions} on {@code schedules} schedules. */
record Work(int actions, int schedules, Cadence cadence) {

  static Work of(String[] args) {
    return new Work(
        Integer.parseInt(args[1]),
        Integer.parseInt(args[2]),
        new Cadence(Integer.parseInt(args[3]), Integer.parseInt(args[4])));
  }

  /** The first moment that leaves {@code preparation} seconds to get ready. */
  Instant firstIn(int preparation) {
    return cadence.after(Instant.now().plusSeconds(preparation));
  }

  /** The schedule of an action, as Quartz writes it. */
  String cron(int action) {
    return cadence.quartz(action % schedules);
  }
}
