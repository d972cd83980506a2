package io.actionscheduler.bench.rival;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The JDK's own timer, which knows no calendar and keeps nothing: the least that can be done. */
final class TimerRival {
  private final Work work;
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(2);

  TimerRival(Work work) {
    this.work = work;
  }

  /** Gives the moment of the first herd. */
  Instant start() {
    Instant first = work.firstIn(4);
    for (int i = 1; i <= work.actions(); i++) {
      int action = i;
      timer.scheduleAtFixedRate(
          () -> Rival.print(action),
          Duration.between(Instant.now(), first).toNanos(),
          TimeUnit.SECONDS.toNanos(work.cadence().seconds()),
          TimeUnit.NANOSECONDS);
    }
    return first;
  }
}
