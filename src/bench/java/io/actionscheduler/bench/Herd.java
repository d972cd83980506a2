package io.actionscheduler.bench;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * What the benchmarks of herds have in common: 100,000 actions on 200 schedules, all due in the
 * same second, every 10 s, six times; then {@code kill -9} and one herd more.
 *
 * @param folder with the action table, which is the scheduler's working folder
 * @param launch of the scheduler under test
 */
record Herd(Cadence cadence, Path folder, Launch launch) {
  static final int ACTIONS = 100_000;
  static final int SCHEDULES = 200;

  /** In one run; the first finds the virtual machine cold. */
  static final int HERDS = 6;

  /** Writes the table, and waits until the next herd is as far off as can be. */
  static Herd prepare(Session session, String config) throws Exception {
    Cadence cadence = Cadence.every(10);
    Path folder = session.folder();
    table(folder, cadence);
    Launch launch = Launch.in(folder).config(config);
    cadence.awaitJustBehind();
    return new Herd(cadence, folder, launch);
  }

  private static void table(Path folder, Cadence cadence) throws SQLException {
    ActionTable.sqlite(folder.resolve("database.db"), ACTIONS, i -> cadence.cron(i % SCHEDULES));
  }

  /** What is done while the scheduler runs, from its first herd on. */
  @FunctionalInterface
  interface Watching {
    void watch(Instant firstDueAt) throws Exception;
  }

  /** Starts the scheduler, watches it, and kills it two seconds after the last herd. */
  void runAndKill(Launch how, Watching watching) throws Exception {
    try (Scheduler scheduler = how.start()) {
      Instant first = cadence.after(scheduler.awaitReady().receivedAt());
      watching.watch(first);
      Pause.until(first.plusSeconds((long) (HERDS - 1) * cadence.seconds()).plusSeconds(2));
      scheduler.killAndWait();
    }
  }

  /** Starts it again, and watches the one herd that it then has. */
  void runAgain(Launch how, Watching watching) throws Exception {
    Instant next = cadence.after(Instant.now());
    try (Scheduler scheduler = how.start()) {
      scheduler.awaitReady();
      watching.watch(next);
    }
  }

  /** The row of the first herd, by the milliseconds of each. */
  static Row first(String label, List<Double> millis) {
    return Row.millis(label + "first herd", millis.get(0));
  }

  /** The row of the others, which is what a target is set for. */
  static Row rest(String label, List<Double> millis, double target) {
    return Row.of(
            label + "herds after the first", Figures.of(millis.subList(1, millis.size())), "ms")
        .atMost(target);
  }
}
