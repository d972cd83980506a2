package io.actionscheduler.engine;

import io.actionscheduler.action.Overlap;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;

/**
 * What a fire came to: it is brought to its lane's progress, the history and the log. Confined to
 * the engine's thread.
 */
final class Settlement {
  private final Recorder recorder;
  private final History history;
  private final Tally tally;

  Settlement(Recorder recorder, History history, Tally tally) {
    this.recorder = recorder;
    this.history = history;
    this.tally = tally;
  }

  /** Its target has the fire, and answered {@code output}. */
  void delivered(Lane lane, Delivery delivery, String output, Instant now) {
    if (lane.open != null && lane.open.givenUp()) {
      ended(lane, delivery, Outcome.FAILED, lane.open.error(), output, now);
    } else {
      tally.delivered(delivery, now);
      ended(lane, delivery, Outcome.DELIVERED, "", output, now);
    }
  }

  /** An attempt has ended of an action that is gone, or goes elsewhere now. */
  void unneeded(
      Lane lane, Delivery delivery, Status status, String error, String output, Instant now) {
    history.ended(lane, delivery, status, now, error, output);
  }

  /** An attempt has failed of an action that is paused meanwhile: it is not tried again. */
  void paused(Lane lane, Delivery delivery, CallbackException why, Instant now) {
    if (lane.open != null && lane.open.givenUp()) {
      fail(lane, delivery, why.getMessage(), why.output(), now);
      return;
    }
    history.ended(lane, delivery, Status.SUPERSEDED, now, why.getMessage(), why.output());
    settle(lane, delivery.fire(), Outcome.PAUSED);
  }

  /** What waits of a lane that is paused, for its turn or its next try, does not start. */
  void drop(Lane lane, Instant now) {
    if (lane.open != null && lane.open.givenUp()) {
      keepFailed(lane, "its action was disabled", now);
      return;
    }
    Instant until =
        lane.open != null
            ? lane.open.scheduledAt()
            : lane.action.timing().schedule().next(lane.settledUntil).orElse(lane.settledUntil);
    lane.open = null;
    Stretch.of(lane.action.timing().schedule(), lane.settledUntil, until)
        .ifPresent(
            stretch -> {
              history.settled(lane, Outcome.PAUSED, stretch, now);
              settle(lane, Outcome.PAUSED, stretch);
            });
  }

  /** A fire that was given up, and that no callback for such fires takes any more. */
  void keepFailed(Lane lane, String reason, Instant now) {
    OpenFire open = lane.open;
    Fire fire = new Fire(lane.action, open.scheduledAt(), open.cause(), open.merged(), "");
    String error = open.error() + "; not handed to a dead letter: " + reason;
    ended(lane, new Delivery(fire, open.attempts(), now), Outcome.FAILED, error, "", now);
  }

  void expire(Lane lane, Stretch stretch, Instant now) {
    tally.expired(lane, stretch);
    history.settled(lane, Outcome.EXPIRED, stretch, now);
    settle(lane, Outcome.EXPIRED, stretch);
  }

  /** The target answered, and did not take it. */
  void refused(Lane lane, Delivery delivery, CallbackException why, Instant now) {
    Retries.Verdict verdict = Retries.afterRefusal(lane, lane.target(), delivery, why, now);
    if (verdict.next().isPresent()) {
      tally.refused(delivery, why, verdict.next().get().retryAt());
      keepOpen(lane, verdict.next().get());
    } else {
      fail(lane, delivery, verdict.reason(), why.output(), now);
    }
  }

  void keepOpen(Lane lane, OpenFire open) {
    lane.open = open;
    if (lane.main == null) { // a fire beside another is not settled before it is, and found again
      recorder.mark(lane);
    }
  }

  /** Given up: handed to the callback for that, if there is one, and settled behind it. */
  void fail(Lane lane, Delivery delivery, String error, String output, Instant now) {
    boolean first = lane.open == null || !lane.open.givenUp();
    if (first && lane.outlet.deadLetter() != null) {
      tally.failed(delivery, error);
      keepOpen(lane, Retries.givenUp(delivery, error, now));
      return;
    }
    String whole = first ? error : lane.open.error() + "; not taken as dead letter: " + error;
    tally.failed(delivery, whole);
    ended(lane, delivery, Outcome.FAILED, whole, output, now);
  }

  /** The progress of {@code lane} moved on over what was settled beside it. */
  void moved(Lane lane) {
    recorder.mark(lane);
  }

  private void ended(
      Lane lane, Delivery delivery, Outcome outcome, String error, String output, Instant now) {
    Status status = outcome == Outcome.DELIVERED ? Status.SUCCESS : Status.FAILED;
    history.ended(lane, delivery, status, now, error, output);
    settle(lane, delivery.fire(), outcome);
    skipOverrun(lane, delivery, now);
  }

  private void settle(Lane lane, Fire fire, Outcome outcome) {
    lane.open = null;
    // After an edit of the schedule while this fire was under way, progress is the edit's moment.
    if (lane.settledUntil.isBefore(fire.scheduledAt())) {
      Outcome others = outcome == Outcome.PAUSED ? Outcome.PAUSED : Outcome.MERGED;
      fire.merged().ifPresent(merged -> lane.settle(others, merged));
      settle(lane, outcome, Stretch.of(fire.scheduledAt()));
    }
    recorder.mark(lane.whole());
  }

  private void settle(Lane lane, Outcome outcome, Stretch stretch) {
    if (lane.main == null) {
      lane.settle(outcome, stretch);
      recorder.mark(lane);
    } else { // progress follows once those before it are settled
      lane.retired = true;
      lane.main.sides.settled(stretch.last(), outcome);
    }
  }

  /** With {@code overlap: skip}, what fell due while the fire before it ran does not fire. */
  private void skipOverrun(Lane lane, Delivery delivery, Instant now) {
    if (lane.action.policy().overlap() != Overlap.SKIP
        || lane.main != null
        || lane.sides != null
        || lane.isPaused()) {
      return;
    }
    MissedFires.overrun(lane.action, lane.settledUntil, delivery.startedAt(), now)
        .ifPresent(
            skipped -> {
              tally.skipped(lane, skipped);
              history.settled(lane, Outcome.SKIPPED, skipped, now);
              lane.settle(Outcome.SKIPPED, skipped);
            });
  }
}
