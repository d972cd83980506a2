package io.actionscheduler.engine;

import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.RunListener;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down every fire that ended, for people to look up. Confined to the engine's thread. */
final class History {
  private final Recorder recorder;
  private final boolean failuresOnly;
  private final List<RunListener> listeners = new ArrayList<>();

  /**
   * @param failuresOnly whether what went well is left out
   */
  History(Recorder recorder, boolean failuresOnly) {
    this.recorder = recorder;
    this.failuresOnly = failuresOnly;
  }

  /** Has {@code listener} told of every run, whatever of it is kept. */
  void tell(RunListener listener) {
    listeners.add(listener);
  }

  /** A fire that was attempted has ended. */
  void ended(
      Lane lane, Delivery delivery, Status status, Instant now, String error, String output) {
    Fire fire = delivery.fire();
    fire.merged().ifPresent(merged -> settled(lane, Outcome.MERGED, merged, now));
    if (isUnheard(status)) {
      return;
    }
    add(
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

  /** The target has these fires of an earlier run; nothing else is known of them. */
  void found(Lane lane, Stretch fires, Instant now) {
    if (!isUnheard(Status.SUCCESS)) {
      String unrecorded = "detail unrecorded: found delivered at the target";
      add(withoutAttempt(lane, fires, Status.SUCCESS, now, unrecorded));
    }
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
    if (isUnheard(status)) {
      return;
    }
    add(withoutAttempt(lane, fires, status, now, ""));
  }

  private static Run withoutAttempt(
      Lane lane, Stretch fires, Status status, Instant now, String output) {
    return new Run(
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
        output);
  }

  private boolean isUnheard(Status status) {
    return listeners.isEmpty() && !isKept(status);
  }

  private boolean isKept(Status status) {
    return !failuresOnly || status.isFailure();
  }

  private void add(Run run) {
    if (isKept(run.status())) {
      recorder.add(run);
    }
    listeners.forEach(listener -> listener.ended(run));
  }
}
