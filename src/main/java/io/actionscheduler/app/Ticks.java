package io.actionscheduler.app;

import io.actionscheduler.engine.ClockWatch;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the clock again and again, beside firing. */
final class Ticks implements AutoCloseable {
  private static final Duration CLOCK_LOOK = Duration.ofMillis(200);

  private final ScheduledExecutorService clock =
      Executors.newScheduledThreadPool(
          1,
          work -> {
            Thread thread = new Thread(work, "clock");
            thread.setDaemon(true);
            return thread;
          });
  private final Exit exit;

  Ticks(Exit exit) {
    this.exit = exit;
  }

  void watch(ClockWatch watch) {
    clock.scheduleAtFixedRate(
        exit.guarded("watching the clock", watch::look),
        CLOCK_LOOK.toMillis(),
        CLOCK_LOOK.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
