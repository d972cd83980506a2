package io.actionscheduler.engine.run;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.engine.clock.EngineLoop;
import io.actionscheduler.engine.run.AfterAttempt.Attempt;
import io.actionscheduler.engine.target.Batch;
import io.actionscheduler.engine.target.NamedCallback;
import io.actionscheduler.engine.target.Turn;
import io.actionscheduler.fire.ContradictorySchedule;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.Jitter;
import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.fire.MissedFires.Readiness;
import io.actionscheduler.fire.OpenFire;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The path of a fire. {@link #ring} puts its action into the queue of the callback. {@link #pump}
 * decides, when the action's turn comes, which fire is delivered. {@link #ended} classifies the
 * result, applies it and looks for the next fire. Actions wait in the queue, not fires: the fires
 * that are due are always computed from the action's progress. Confined to the engine's thread.
 */
public final class FirePath {
  private final Decisions decisions;
  private final EngineLoop loop;
  private final Callbacks callbacks;
  private final Settlement settlement;
  private final LongRuns longRuns;
  private final Watcher watcher;

  /** Called when something happens to an action on the path of its fires. */
  public interface Watcher {
    /** An attempt has ended, and an edit of the action was waiting for that. */
    void attempted(ActionProgress progress, Instant now);

    /** Its schedule contradicts itself. It must not be taken out of the timetable at once. */
    void faulty(ActionProgress progress, ContradictorySchedule why);
  }

  public FirePath(
      Decisions decisions,
      EngineLoop loop,
      Callbacks callbacks,
      Settlement settlement,
      LongRuns longRuns,
      Watcher watcher) {
    this.decisions = decisions;
    this.loop = loop;
    this.callbacks = callbacks;
    this.settlement = settlement;
    this.longRuns = longRuns;
    this.watcher = watcher;
  }

  /** The schedule of {@code progress} fires: the action is queued if a fire may start now. */
  public void ring(ActionProgress progress, Instant now) {
    look(progress, now);
    NamedCallback<Firing> callback = callbacks.of(progress);
    if (callback.hasWholeBatch()) {
      pump(callback, now); // the first batch of a large burst leaves while the rest is queued
    }
  }

  /** The action may fire from now on: it is queued if a fire or a retry is due. */
  public void resume(ActionProgress progress, Instant now) {
    retryWhenDue(progress, now);
    progress.beside().forEach(fire -> retryWhenDue(fire, now));
    look(progress, now);
  }

  /** Continues with a dead letter that an earlier run stored. */
  public void resume(ActionProgress progress, DeadLetter letter, Instant now) {
    settlement.resume(progress, letter, now).ifPresent(resumed -> retryWhenDue(resumed, now));
  }

  private void look(ActionProgress progress, Instant now) {
    if (progress.isNew() || progress.isQueued() || progress.isSilent() || isTaken(progress)) {
      return;
    }
    try {
      Instant scheduledAt = progress.next().orElse(null);
      if (scheduledAt == null
          || scheduledAt.isAfter(now)
          || progress.backlog().isHeld(scheduledAt)) {
        return; // the timetable rings when it is due; what is held waits for an operator
      }
      boolean mayEnd =
          !progress.backlog().parts().isEmpty() || decisions.concern(progress.action());
      if (mayEnd
          && mayStart(progress, false)
          && settlement.unstarted().ends(progress, scheduledAt, now)) {
        look(progress, now);
        return;
      }
      Instant dueAt = Jitter.due(progress.action(), scheduledAt);
      Readiness readiness = MissedFires.readiness(dueAt, now);
      if (mayStart(progress, readiness == Readiness.MISSED)) { // else once another one has ended
        switch (readiness) {
          case NOT_DUE -> loop.timers().add(dueAt, then -> ring(progress, then));
          case ON_TIME -> callbacks.queue(progress);
          case MISSED -> callbacks.queueLate(progress, scheduledAt);
        }
      }
    } catch (ContradictorySchedule e) {
      fault(progress, e);
    }
  }

  /** Whether nothing may start until what is unsettled has ended: then no time needs a look. */
  private static boolean isTaken(ActionProgress progress) {
    return progress.pendingEdit() != null || !progress.isAlone() && !progress.overlaps();
  }

  private boolean mayStart(ActionProgress progress, boolean missed) {
    return !isTaken(progress)
        && (progress.isAlone()
            || decisions.mayStart(progress, missed, callbacks.of(progress).concurrency()));
  }

  private void retryWhenDue(Firing firing, Instant now) {
    if (firing.open() == null || firing.isRunning() || firing.isQueued() || firing.isSilent()) {
      return;
    }
    if (firing.open().retryAt().isAfter(now)) {
      callbacks.retryLater(firing);
      loop.timers().add(firing.open().retryAt(), then -> retryWhenDue(firing, then));
    } else {
      callbacks.queue(firing);
    }
  }

  /** Hands each callback as many fires as it can take now. */
  public void pump(Instant now) {
    for (NamedCallback<Firing> callback : callbacks.all()) {
      pump(callback, now);
    }
  }

  /** Hands {@code callback} as many fires as it can take now. */
  public void pump(NamedCallback<Firing> callback, Instant now) {
    boolean blackout = decisions.recordHeldUp(callback, now);
    if (blackout) {
      return;
    }
    for (Turn turn = callback.turn(now); !turn.isOver(); turn = callback.turn(now)) {
      Batch<Firing> batch = callback.batch(turn);
      Instant startedAt = loop.now();
      while (batch.size() < turn.most() && callback.left(turn) > 0) {
        decide(callback.take(turn), callback, batch, startedAt);
      }
      if (batch.size() > 0) {
        callback.deliver(batch, this::ended);
      }
    }
  }

  /**
   * The turn of {@code firing} has come: the fire that it delivers now, if any, is added to the
   * batch.
   */
  private void decide(
      Firing firing, NamedCallback<Firing> callback, Batch<Firing> batch, Instant now) {
    firing.dequeued();
    if (firing.isSilent()) {
      return;
    }
    try {
      if (firing == firing.progress()) { // else the target's memory says nothing of it
        settlement.find(firing.progress(), callback, now);
      }
      OpenFire open = firing.open();
      if (open != null && !firing.isRunning() && !open.retryAt().isAfter(now)) {
        startAgain(firing, open, batch, now);
      } else if (firing == firing.progress() && mayStart(firing.progress(), false)) {
        startNext(firing.progress(), batch, now);
      }
      look(firing.progress(), now); // further ones may start beside it, or behind what expired
    } catch (ContradictorySchedule e) {
      fault(firing.progress(), e);
    }
  }

  private void startAgain(Firing firing, OpenFire open, Batch<Firing> batch, Instant now) {
    Delivery last = Settlement.lastAttempt(firing, now);
    if (!open.givenUp()
        && !firing.progress().backlog().isOrdered(open.scheduledAt())
        && AfterAttempt.isTooOld(last.action(), open.scheduledAt(), now)) {
      String error = "no longer actual; last error: " + open.error();
      apply(new AfterAttempt.Failed(error), firing, last, CallbackException.refused("", null), now);
      goOn(firing, now);
      return;
    }
    firing.started(last.fire());
    int attempt = open.givenUp() ? open.attempts() : open.attempts() + 1;
    batch.add(firing, new Delivery(last.fire(), attempt, now, open.givenUp()));
  }

  private void startNext(ActionProgress progress, Batch<Firing> batch, Instant now) {
    Optional<Fire> next = settlement.unstarted().next(progress, now);
    if (next.isPresent()) {
      Fire fire = next.get();
      batch.add(progress.start(fire), new Delivery(fire, 1, now));
    }
  }

  /** A callback has finished a batch: classifies the result of each fire and applies it. */
  public void ended(Batch<Firing> batch, Instant now) {
    for (int i = 0; i < batch.size(); i++) {
      Firing firing = batch.firing(i);
      firing.ended();
      longRuns.ended(firing, batch.delivery(i));
      try {
        ended(firing, batch.delivery(i), batch.failure(i), batch.output(i), now);
      } catch (ContradictorySchedule e) {
        fault(firing.progress(), e);
      }
    }
  }

  private void ended(
      Firing firing,
      Delivery delivery,
      Optional<CallbackException> failure,
      String output,
      Instant now) {
    if (firing.isUnneeded()) {
      settlement.unneeded(firing, delivery, failure, output, now);
      return;
    }
    if (failure.isEmpty()) {
      settlement.delivered(firing, delivery, output, now);
    } else {
      CallbackException why = failure.get();
      apply(classify(firing, delivery, why, now), firing, delivery, why, now);
    }
    goOn(firing, now);
  }

  private AfterAttempt classify(
      Firing firing, Delivery delivery, CallbackException why, Instant now) {
    return AfterAttempt.of(
        new Attempt(
            delivery,
            Optional.ofNullable(firing.open()),
            callbacks.of(firing).settings().retry(),
            firing.progress().overlaps(),
            firing.progress().backlog().isOrdered(delivery.fire().scheduledAt())),
        why,
        firing.progress().isPaused(),
        ThreadLocalRandom.current().nextDouble(0.9, 1.1),
        now);
  }

  private void apply(
      AfterAttempt next, Firing firing, Delivery delivery, CallbackException why, Instant now) {
    if (next instanceof AfterAttempt.Retry retry) {
      settlement.retry(firing, delivery, retry.open(), why);
    } else if (next instanceof AfterAttempt.Wait wait) {
      settlement.wait(firing, delivery, wait.open(), why);
    } else if (next instanceof AfterAttempt.Dropped) {
      settlement.dropped(firing, delivery, why, now);
    } else if (next instanceof AfterAttempt.Failed failed) {
      settlement
          .failed(firing, delivery, failed.error(), why.output(), now)
          .ifPresent(deadLetter -> handOver(deadLetter, delivery, now));
    } // else it was not attempted, and is found again from progress
  }

  private void handOver(HandOver deadLetter, Delivery failed, Instant now) {
    if (!callbacks.of(deadLetter).isAvailable()) {
      settlement.tellWaits(deadLetter, failed, "it is tried again and again");
    }
    retryWhenDue(deadLetter, now);
  }

  private void goOn(Firing firing, Instant now) {
    ActionProgress progress = firing.progress();
    if (!progress.isRetired()) {
      settlement.absorb(progress);
      if (progress.pendingEdit() != null) {
        watcher.attempted(progress, now);
      }
      look(progress, now);
    }
    retryWhenDue(firing, now);
  }

  /** The action of {@code progress} does not fire until it has another schedule. */
  public void fault(ActionProgress progress, ContradictorySchedule why) {
    if (!progress.isFaulty()) {
      progress.markFaulty();
      watcher.faulty(progress, why);
    }
  }
}
