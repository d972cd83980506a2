package io.actionscheduler.app;

import io.actionscheduler.config.DatabaseSettings;
import io.actionscheduler.engine.ActionSync;
import io.actionscheduler.engine.ClockWatch;
import io.actionscheduler.engine.Engine;
import io.actionscheduler.source.Notifications;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done again and again beside firing: looking for changed actions and at the clock. */
final class Ticks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ticks.class);
  private static final Duration CLOCK_LOOK = Duration.ofMillis(200);

  private final ScheduledExecutorService syncing =
      Executors.newScheduledThreadPool(1, daemon("sync"));
  private final ScheduledExecutorService clock =
      Executors.newScheduledThreadPool(1, daemon("clock"));
  private final Exit exit;
  private Notifications notifications; // null where the database tells nothing

  Ticks(Exit exit) {
    this.exit = exit;
  }

  /** Looks for changes each {@code period}, from now on. */
  void sync(ActionSync sync, Engine engine, Duration period, Runnable afterEach) {
    syncing.execute(guarded("keeping the snapshot", sync::keepOpening));
    syncing.scheduleWithFixedDelay(
        guarded(
            "looking for changed actions",
            () -> {
              sync.poll(engine);
              afterEach.run();
            }),
        period.toMillis(),
        period.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Looks for changes at once, too, when the database tells of them. */
  void listen(DatabaseSettings database, ActionSync sync, Engine engine) {
    Runnable look = guarded("looking for changed actions", () -> sync.poll(engine));
    notifications = Notifications.listen(database, () -> syncing.execute(look));
  }

  void watch(ClockWatch watch) {
    clock.scheduleAtFixedRate(
        guarded("watching the clock", watch::look),
        CLOCK_LOOK.toMillis(),
        CLOCK_LOOK.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  // An executor drops a task that throws without a word; a defect here must end the program.
  private Runnable guarded(String doing, Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        LOG.error("a defect while {}", doing, e);
        exit.fail("a defect while " + doing + ": " + e);
      }
    };
  }

  private static ThreadFactory daemon(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void close() {
    if (notifications != null) {
      notifications.close();
    }
    syncing.shutdownNow();
    clock.shutdownNow();
  }
}
