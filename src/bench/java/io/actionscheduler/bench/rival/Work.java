package io.actionscheduler.bench.rival;

import io.actionscheduler.bench.Cadence;

/** What a rival is to do: actions 1 to {@code actions} on {@code schedules} schedules. */
record Work(int actions, int schedules, Cadence cadence) {

  static Work of(String[] args) {
    return new Work(
        Integer.parseInt(args[1]),
        Integer.parseInt(args[2]),
        new Cadence(Integer.parseInt(args[3]), Integer.parseInt(args[4])));
  }

  /** The schedule of an action, as Quartz writes it. */
  String cron(int action) {
    return cadence.quartz(action % schedules);
  }
}
