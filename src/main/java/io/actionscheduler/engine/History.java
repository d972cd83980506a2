package io.actionscheduler.engine;

import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;
import java.util.Optional;

/** Writes down every fire that ended, for people to look up. Confined to the engine's thread. */
final class History {
  private final Recorder recorder;
  private final boolean failuresOnly;

  /**
   * @param failuresOnly whether what went well is left out
   */
  History(Recorder recorder, boolean failuresOnly) {
    this.recorder = recorder;
    this.failuresOnly = failuresOnly;
  }

  /** A fire that was attempted has ended. */
  void ended(
      Lane lane, Delivery delivery, Status status, Instant now, String error, String output) {
    Fire fire = delivery.fire();
    fire.merged().ifPresent(merged -> settled(lane, Outcome.MERGED, merged, now));
    if (failuresOnly && !status.isFailure()) {
      return;
    }
    recorder.add(
        new Run(
            lane.key(),
            fire.action().name(),
            Stretch.of(fire.scheduledAt()),
            fire.request(),
            fire.cause(),
            status,
            Optional.of(delivery.startedAt()),
            now,
            delivery.attempt(),
            fire.missedCount(),
            error,
            output));
  }

  /** These fires ended without an attempt. */
  void settled(Lane lane, Outcome outcome, Stretch fires, Instant now) {
    Status status =
        switch (outcome) {
          case MERGED -> Status.MERGED;
          case EXPIRED -> Status.EXPIRED;
          case SKIPPED -> Status.SKIPPED;
          case PAUSED, SUPERSEDED -> Status.SUPERSEDED;
          case DELIVERED, FAILED ->
              throw new IllegalArgumentException(outcome + " without an attempt");
        };
    if (failuresOnly && !status.isFailure()) {
      return;
    }
    recorder.add(
        new Run(
            lane.key(),
            lane.action.name(),
            fires,
            "",
            Cause.SCHEDULE,
            status,
            Optional.empty(),
            now,
            0,
            0,
            "",
            ""));
  }
}
