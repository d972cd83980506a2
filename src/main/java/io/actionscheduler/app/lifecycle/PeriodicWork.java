package io.actionscheduler.app.lifecycle;

import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.engine.clock.ClockWatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Periodic work besides firing: checks of the clock and maintenance of the store. */
final class PeriodicWork implements AutoCloseable {
  private static final Duration CLOCK_LOOK = Duration.ofMillis(200);

  private static final Duration ZONES_LOOK = Duration.ofSeconds(20);

  private static final Duration CALENDARS_LOOK = Duration.ofSeconds(20);

  private static final Duration PRESENCE = Duration.ofMinutes(1);
  private static final Duration DECISIONS_LOOK = Duration.ofSeconds(1);

  private static final Duration PRUNING = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ScheduledExecutorService clock = thread("clock");
  private final ScheduledExecutorService upkeep = thread("upkeep");
  private final ScheduledExecutorService zones = thread("zones");
  private final ScheduledExecutorService decisions = thread("decisions");
  private final Exit exit;

  PeriodicWork(Exit exit) {
    this.exit = exit;
  }

  void watch(ClockWatch watch) {
    clock.scheduleAtFixedRate(
        exit.guarded("watching the clock", watch::look),
        CLOCK_LOOK.toMillis(),
        CLOCK_LOOK.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  void prune(Pruning pruning) {
    upkeep.scheduleWithFixedDelay(
        exit.guarded("removing old history", pruning::prune),
        PRUNING.toMillis(),
        PRUNING.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  void keep(Presence presence) {
    upkeep.scheduleAtFixedRate(
        exit.guarded("storing that the scheduler runs", presence::keep),
        PRESENCE.toMillis(),
        PRESENCE.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  void watch(BacklogWatch watch) {
    decisions.scheduleWithFixedDelay(
        exit.guarded("reading decisions on a backlog", watch::look),
        0,
        DECISIONS_LOOK.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** At once, and then each second. */
  void watch(OutageWatch watch) {
    decisions.scheduleWithFixedDelay(
        exit.guarded("storing which targets are unavailable", watch::look),
        0,
        DECISIONS_LOOK.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Each second. */
  void watch(ReloadWatch watch) {
    decisions.scheduleWithFixedDelay(
        exit.guarded("looking for requests of a reload", watch::look),
        0,
        DECISIONS_LOOK.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /**
   * Data count when two checks in a row find the same, so new data are in force within a minute.
   */
  void watch(ZoneWatch watch) {
    Runnable look = exit.guarded("looking for new time zone data", watch::look);
    try {
      zones.scheduleWithFixedDelay(look, 0, ZONES_LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      if (!zones.isShutdown()) {
        throw e;
      } // otherwise the program stops
    }
  }

  /** Twice in a row the same is what is taken: so a changed file is in force within a minute. */
  void watch(CalendarWatch watch) {
    zones.scheduleWithFixedDelay(
        exit.guarded("looking for changed calendars", watch::look),
        CALENDARS_LOOK.toMillis(),
        CALENDARS_LOOK.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  void verify(LedgerWatch watch, Duration every) {
    Runnable verify = exit.guarded("verifying the ledger", watch::verify);
    upkeep.execute(
        exit.guarded(
            "looking up the last verification",
            () -> schedule(verify, watch.untilFirst().toMillis(), every.toMillis())));
  }

  private void schedule(Runnable work, long delay, long period) {
    try {
      upkeep.scheduleAtFixedRate(work, delay, period, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      if (!upkeep.isShutdown()) {
        throw e;
      } // otherwise the program stops
    }
  }

  private static ScheduledExecutorService thread(String name) {
    return Daemons.timer(name);
  }

  /** Whether no more work is begun. */
  boolean isClosed() {
    return upkeep.isShutdown();
  }

  /**
   * Waits a moment for running work on the store, which is closed after this; not for work that
   * waits for another program's lock.
   */
  @Override
  public void close() {
    clock.shutdownNow();
    upkeep.shutdownNow();
    zones.shutdownNow();
    decisions.shutdownNow();
    long until = System.nanoTime() + PATIENCE.toNanos();
    try {
      for (ExecutorService work : List.of(upkeep, decisions, zones)) {
        work.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
