package io.actionscheduler.engine.record;

import io.actionscheduler.action.Action;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.RunListener;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Records every fire that ended in the history. Confined to the engine's thread. */
public final class RunHistory {
  private final Consumer<Run> recorder;
  private final boolean failuresOnly;
  private final List<RunListener> listeners = new ArrayList<>();
  private final Alike alike = new Alike();

  /**
   * @param failuresOnly whether successful runs are left out
   */
  public RunHistory(Consumer<Run> recorder, boolean failuresOnly) {
    this.recorder = recorder;
    this.failuresOnly = failuresOnly;
  }

  /** Calls {@code listener} for every run, also for those that are not stored. */
  public void tell(RunListener listener) {
    listeners.add(listener);
  }

  /** A fire that was attempted has ended. */
  public void ended(
      ProgressKey key, Delivery delivery, Status status, Instant now, String error, String output) {
    Fire fire = delivery.fire();
    if (fire.merged().isPresent()) {
      settled(key, fire.action(), Outcome.MERGED, fire.merged().get(), now);
    }
    if (isUnheard(status)) {
      return;
    }
    Run run = attempted(key, delivery, status, now, error, output);
    if (delivery.deadLetter()) {
      addHandedOver(run);
    } else {
      add(run);
    }
  }

  /** A fire failed permanently. It is recorded when its dead letter has ended. */
  public void failed(ProgressKey key, Delivery delivery, Instant now, String error, String output) {
    if (!listeners.isEmpty()) {
      Run run = attempted(key, delivery, Status.FAILED, now, error, output);
      listeners.forEach(listener -> listener.failed(run));
    }
  }

  private Run attempted(
      ProgressKey key, Delivery delivery, Status status, Instant now, String error, String output) {
    Fire fire = delivery.fire();
    return new Run(
        key,
        fire.action().name(),
        alike.only(fire.scheduledAt()),
        fire.request(),
        fire.cause(),
        status,
        alike.present(delivery.startedAt()),
        now,
        delivery.attempt(),
        fire.missedCount(),
        error,
        output);
  }

  /** The target has these fires from an earlier run; nothing else is known about them. */
  public void found(ProgressKey key, Action action, Stretch fires, Instant now) {
    if (!isUnheard(Status.SUCCESS)) {
      String unrecorded = "detail unrecorded: found delivered at the target";
      add(withoutAttempt(key, action, fires, Status.SUCCESS, now, unrecorded));
    }
  }

  /** A dead letter was not handed over; only the id of its action is known. */
  public void failedWithoutAction(DeadLetter letter, String why, Instant now) {
    OpenFire fire = letter.fire();
    addHandedOver(
        new Run(
            letter.key(),
            letter.key().action().text(),
            Stretch.of(fire.scheduledAt()),
            "",
            fire.cause(),
            Status.FAILED,
            Optional.empty(),
            now,
            fire.attempts(),
            fire.merged().map(Stretch::count).orElse(0L),
            fire.error() + "; not handed to a dead letter: " + why,
            ""));
  }

  /**
   * These fires ended without an attempt.
   *
   * @throws IllegalArgumentException when {@code outcome} is one of an attempt, or excluded
   */
  public void settled(ProgressKey key, Action action, Outcome outcome, Stretch fires, Instant now) {
    Status status =
        switch (outcome) {
          case MERGED -> Status.MERGED;
          case EXPIRED -> Status.EXPIRED;
          case SKIPPED -> Status.SKIPPED;
          case PAUSED, SUPERSEDED -> Status.SUPERSEDED;
          case DROPPED -> Status.DROPPED;
          case DELIVERED, FAILED, EXCLUDED ->
              throw new IllegalArgumentException(outcome + " needs more than this");
        };
    if (isUnheard(status)) {
      return;
    }
    add(withoutAttempt(key, action, fires, status, now, ""));
  }

  /**
   * Its calendars, or a blackout, exclude these fires.
   *
   * @param why in words, of the first of them
   */
  public void excluded(ProgressKey key, Action action, Stretch fires, String why, Instant now) {
    if (!isUnheard(Status.EXCLUDED)) {
      add(withoutAttempt(key, action, fires, Status.EXCLUDED, now, why));
    }
  }

  private static Run withoutAttempt(
      ProgressKey key, Action action, Stretch fires, Status status, Instant now, String output) {
    return new Run(
        key,
        action.name(),
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
    keep(run);
    listeners.forEach(listener -> listener.ended(run));
  }

  private void addHandedOver(Run run) {
    keep(run);
    listeners.forEach(listener -> listener.handedOver(run));
  }

  private void keep(Run run) {
    if (isKept(run.status())) {
      recorder.accept(run);
    }
  }
}
