package io.actionscheduler.engine.run;

import io.actionscheduler.callback.Delivery;
import io.actionscheduler.engine.clock.Timers;
import io.actionscheduler.engine.record.UnfinishedChanges;
import io.actionscheduler.engine.target.Batch;
import io.actionscheduler.engine.target.NamedCallback;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.RunningChanges;
import io.actionscheduler.fire.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Shows long runs in the history while they run. Looks for them from time to time, so that runs
 * that end soon cost nothing. Confined to the engine's thread.
 */
public final class LongRuns {
  private static final Duration LONG = Duration.ofSeconds(2);

  private final Callbacks callbacks;
  private final UnfinishedChanges changes;
  private final Timers timers;
  private final Set<RunningChanges.Id> seen = new HashSet<>();
  private boolean watching;

  public LongRuns(Callbacks callbacks, UnfinishedChanges changes, Timers timers) {
    this.callbacks = callbacks;
    this.changes = changes;
    this.timers = timers;
  }

  /** Schedules the next look, if any run is under way. */
  public void watch(Instant now) {
    if (!watching && callbacks.all().stream().anyMatch(NamedCallback::hasBatches)) {
      watching = true;
      timers.add(
          now.plus(LONG),
          then -> {
            watching = false;
            look(then);
          });
    }
  }

  /** None is stored as running any more: the next look finds them again. */
  public void storeAgain() {
    seen.clear();
  }

  private void look(Instant now) {
    for (NamedCallback<Firing> callback : callbacks.all()) {
      for (Batch<Firing> batch : callback.underWay()) {
        for (int i = 0; i < batch.size(); i++) {
          Delivery delivery = batch.delivery(i);
          if (!delivery.deadLetter() && !delivery.startedAt().plus(LONG).isAfter(now)) {
            see(batch.firing(i), delivery);
          }
        }
      }
    }
  }

  private void see(Firing firing, Delivery delivery) {
    RunningChanges.Id id = id(firing, delivery);
    if (seen.add(id)) {
      changes.running(
          new Run(
              id.key(),
              delivery.action().name(),
              Stretch.of(id.scheduledAt()),
              "",
              delivery.fire().cause(),
              Run.Status.RUNNING,
              Optional.of(delivery.startedAt()),
              delivery.startedAt(),
              delivery.attempt(),
              delivery.fire().missedCount(),
              "",
              ""));
    }
  }

  /** Its callback has finished. */
  void ended(Firing firing, Delivery delivery) {
    if (!seen.isEmpty()) {
      RunningChanges.Id id = id(firing, delivery);
      if (seen.remove(id)) {
        changes.notRunning(id);
      }
    }
  }

  private static RunningChanges.Id id(Firing firing, Delivery delivery) {
    return new RunningChanges.Id(firing.key(), delivery.fire().scheduledAt());
  }
}
