package io.actionscheduler.bench.rival;

import io.actionscheduler.bench.Logs;
import java.time.Duration;
import java.time.Instant;

/**
 * Another scheduler as a process of its own, doing the same work: it calls each action at the
 * moments of its schedule, and an action prints its line.
 */
public final class Rival {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private Rival() {}

  /**
   * Runs until it is ended, ten minutes at most.
   *
   * @param args its kind, how many actions, on how many schedules, how many seconds between the
   *     moments, the hour of the day that the first lies in; for one with a store, the address of
   *     the database and how many actions are overdue at the start
   */
  public static void main(String[] args) throws Exception {
    Logs.silence();
    Work work = Work.of(args);
    Instant first =
        switch (args[0]) {
          case "timer" -> new TimerRival(work).start();
          case "quartz" -> new QuartzRival(work).start();
          case "db-scheduler" -> new DbSchedulerRival(work, args[5]).start(args.length > 6);
          default -> throw new IllegalArgumentException("no rival " + args[0]);
        };
    System.err.println("ready " + first);
    Thread.sleep(LIMIT.toMillis());
    System.exit(1);
  }

  /** What every action does. */
  static void print(int action) {
    System.out.println(Instant.now() + " | c" + action);
  }
}
