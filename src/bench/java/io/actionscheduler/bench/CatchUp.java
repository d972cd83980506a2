package io.actionscheduler.bench;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Many actions that missed fires while the program was down. */
final class CatchUp implements Benchmark {
  private static final int ACTIONS = 100_000;
  private static final int SCHEDULES = 200;
  private static final int MISSED = 5;

  @Override
  public String name() {
    return "catch-up";
  }

  @Override
  public String work() {
    return "100,000 actions on 200 schedules that each missed five fires while the program was down"
        + " (kill -9), merging: from ready to the last line. db-scheduler on PostgreSQL, beside it,"
        + " has 100,000 instances overdue.";
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    Cadence cadence = Cadence.every(10);
    Path folder = session.folder();
    ActionTable.sqlite(folder.resolve("database.db"), ACTIONS, i -> cadence.cron(i % SCHEDULES));
    Launch launch = Launch.in(folder).config(Configs.sqlite("database.db", true, 15));
    Instant last = firstHerd(launch, cadence);
    Pause.until(last.plusSeconds((long) MISSED * cadence.seconds()).plusMillis(200));
    LineReceiver receiver = new LineReceiver(ACTIONS * 2);
    Row ready;
    Row ours;
    try (Scheduler scheduler = launch.stdoutTo(receiver).start()) {
      Instant readyAt = scheduler.awaitReady().receivedAt();
      Instant next = cadence.after(readyAt);
      Pause.until(next.minusMillis(100), () -> receiver.count() >= ACTIONS);
      Pause.until(next.minusMillis(50));
      Arrivals arrivals = receiver.slice(0, Integer.MAX_VALUE);
      arrivals.requireEachOnce(ACTIONS, "caught up");
      ready = Row.millis("start to ready", millis(scheduler.startedAt(), readyAt));
      ours = Row.millis("ready to the last line", arrivals.lastAfter(readyAt)).atMost(2000);
    }
    out.accept(ready);
    out.accept(ours);
    if (session.measuresOthers()) {
      out.accept(dbScheduler(session).against(ours));
    }
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }

  /** Lets one herd go by, so that the progress of every action is known, and kills the program. */
  private static Instant firstHerd(Launch launch, Cadence cadence) throws Exception {
    LineReceiver receiver = new LineReceiver(ACTIONS * 2);
    cadence.awaitJustBehind();
    try (Scheduler scheduler = launch.stdoutTo(receiver).start()) {
      Instant first = cadence.after(scheduler.awaitReady().receivedAt());
      Herds.receive(receiver, 0, ACTIONS, cadence, first, 1);
      Pause.until(first.plusSeconds(4));
      return first;
    }
  }

  private static Row dbScheduler(Session session) throws Exception {
    Cadence minute = Cadence.every(60);
    LineReceiver receiver = new LineReceiver(ACTIONS * 2);
    Launch launch = new Rivals(session, ACTIONS, SCHEDULES, minute).dbSchedulerOverdue();
    minute.awaitJustBehind();
    try (Scheduler scheduler = launch.stdoutTo(receiver).start()) {
      Instant readyAt = scheduler.awaitReady().receivedAt();
      Pause.until(readyAt.plusSeconds(120), () -> receiver.count() >= ACTIONS);
      Arrivals arrivals = receiver.slice(0, ACTIONS);
      if (arrivals.count() < ACTIONS) {
        throw new IllegalStateException("db-scheduler: " + arrivals.count() + " in two minutes");
      }
      return Row.millis("db-scheduler, ready to the last line", arrivals.lastAfter(readyAt));
    }
  }
}
