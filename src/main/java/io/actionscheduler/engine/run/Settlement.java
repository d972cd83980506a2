package io.actionscheduler.engine.run;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.engine.record.FireLog;
import io.actionscheduler.engine.record.Recorder;
import io.actionscheduler.engine.record.RunHistory;
import io.actionscheduler.engine.target.NamedCallback;
import io.actionscheduler.fire.CheckedTimes;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;
import java.util.Optional;

/**
 * Applies the result of a fire to the progress of its action, to the history and to the log.
 * Confined to the engine's thread.
 */
public final class Settlement {
  private final Recorder<ActionProgress> recorder;
  private final RunHistory history;
  private final FireLog log;
  private final DeadLetters deadLetters;
  private final Unstarted unstarted;

  public Settlement(
      Recorder<ActionProgress> recorder,
      RunHistory history,
      FireLog log,
      DeadLetters deadLetters,
      Decisions decisions) {
    this.recorder = recorder;
    this.history = history;
    this.log = log;
    this.deadLetters = deadLetters;
    this.unstarted = new Unstarted(recorder, history, log, decisions);
  }

  /** What settles fires that did not start. */
  Unstarted unstarted() {
    return unstarted;
  }

  /** The fire was delivered; its target answered {@code output}. */
  void delivered(Firing firing, Delivery delivery, String output, Instant now) {
    if (delivery.deadLetter()) {
      ended(firing, delivery, Outcome.FAILED, firing.open().error(), output, now);
    } else {
      log.delivered(firing.callback(), delivery, now);
      ended(firing, delivery, Outcome.DELIVERED, "", output, now);
    }
  }

  /** An attempt has ended, and its action was removed or has another callback now. */
  void unneeded(
      Firing firing,
      Delivery delivery,
      Optional<CallbackException> failure,
      String output,
      Instant now) {
    Status status = failure.isEmpty() ? Status.SUCCESS : Status.SUPERSEDED;
    String error = failure.map(CallbackException::getMessage).orElse("");
    String answer = failure.map(CallbackException::output).orElse(output);
    history.ended(firing.key(), delivery, status, now, error, answer);
  }

  /** It failed, and its action is disabled: it is not tried again. */
  void dropped(Firing firing, Delivery delivery, CallbackException why, Instant now) {
    history.ended(firing.key(), delivery, Status.SUPERSEDED, now, why.getMessage(), why.output());
    settle(firing, delivery.fire(), Outcome.PAUSED, now);
  }

  /** The action of {@code progress} is disabled: its fires in retry are not tried again. */
  public void dropRetries(ActionProgress progress, Instant now) {
    if (progress.open() != null && !progress.isRunning()) {
      drop(progress, now);
    }
    for (FireBeside fire : progress.beside()) {
      if (!fire.isRunning()) {
        drop(fire, now);
      }
    }
    absorb(progress);
  }

  private void drop(Firing firing, Instant now) {
    Delivery last = lastAttempt(firing, now);
    history.ended(firing.key(), last, Status.SUPERSEDED, now, firing.open().error(), "");
    settle(firing, last.fire(), Outcome.PAUSED, now);
  }

  /** The latest attempt of a fire that is open. */
  static Delivery lastAttempt(Firing firing, Instant now) {
    OpenFire open = firing.open();
    return new Delivery(fire(firing), open.attempts(), now, open.givenUp());
  }

  /** The fire that is open, with the values that its action has now. */
  static Fire fire(Firing firing) {
    OpenFire open = firing.open();
    return new Fire(
        firing.progress().action(), open.scheduledAt(), open.cause(), open.merged(), "");
  }

  /** It is tried again. */
  void retry(Firing firing, Delivery delivery, OpenFire open, CallbackException why) {
    log.refused(firing.callback(), delivery, why, open.retryAt());
    keepOpen(firing, open);
  }

  /** Its target is unavailable: it waits under its own id. */
  void wait(Firing firing, Delivery delivery, OpenFire open, CallbackException why) {
    if (firing instanceof HandOver letter) {
      tellWaits(letter, delivery, why.getMessage());
    }
    keepOpen(firing, open);
  }

  /** The target of {@code letter} is unavailable; logged once for each letter. */
  void tellWaits(HandOver letter, Delivery delivery, String why) {
    if (letter.isToBeTold()) {
      log.waits(delivery, letter.callback(), why);
    }
  }

  private void keepOpen(Firing firing, OpenFire open) {
    firing.keepOpen(open);
    if (firing instanceof HandOver letter) {
      recorder.unfinished().keep(letter.letter());
    } else if (firing == firing.progress()) { // a fire beside it is found again from progress
      recorder.mark(firing.progress());
    }
  }

  /**
   * The fire failed permanently.
   *
   * @return the dead letter, where there is a callback for it; the action continues without it
   */
  Optional<HandOver> failed(
      Firing firing, Delivery delivery, String error, String output, Instant now) {
    if (delivery.deadLetter()) {
      String whole = firing.open().error() + "; not taken as dead letter: " + error;
      log.failed(firing.callback(), delivery, whole);
      ended(firing, delivery, Outcome.FAILED, whole, output, now);
      return Optional.empty();
    }
    if (!deadLetters.hasRoomFor(firing.callback())) {
      String whole = error + deadLetters.refusal(firing.callback());
      log.failed(firing.callback(), delivery, whole);
      ended(firing, delivery, Outcome.FAILED, whole, output, now);
      return Optional.empty();
    }
    log.failed(firing.callback(), delivery, error);
    history.failed(firing.key(), delivery, now, error, output);
    HandOver letter = deadLetters.open(firing, delivery, error, now);
    recorder.unfinished().keep(letter.letter());
    settle(firing, delivery.fire(), Outcome.FAILED, now);
    skipOverrun(firing, delivery, now);
    return Optional.of(letter);
  }

  /** Takes over a dead letter that an earlier run stored; empty where no callback takes it now. */
  Optional<HandOver> resume(ActionProgress progress, DeadLetter letter, Instant now) {
    Optional<HandOver> resumed = deadLetters.resume(progress, letter);
    if (resumed.isEmpty()) {
      HandOver untaken = new HandOver(progress, letter, "");
      String error =
          letter.fire().error()
              + "; not handed to a dead letter: the settings name none"
              + " any more";
      ended(untaken, lastAttempt(untaken, now), Outcome.FAILED, error, "", now);
    }
    return resumed;
  }

  /** Converts a dead letter that an earlier version stored as its action's fire in retry. */
  public DeadLetter release(ActionProgress progress, Instant now) {
    DeadLetter letter = new DeadLetter(progress.key(), progress.open());
    settle(progress, fire(progress), Outcome.FAILED, now);
    recorder.unfinished().keep(letter);
    return letter;
  }

  /** The action of a dead letter was removed: the values to deliver are no longer known. */
  public void actionGone(DeadLetter letter, Instant now) {
    history.failedWithoutAction(letter, "its action was removed", now);
    recorder.unfinished().forget(letter.id());
  }

  /** Settles the fires of {@code progress} that the target has, and the store did not know of. */
  void find(ActionProgress progress, NamedCallback<Firing> callback, Instant now) {
    Instant until = callback.settledUntil(progress.action().id()).orElse(null);
    if (until == null || !until.isAfter(progress.settledUntil())) {
      return;
    }
    CheckedTimes.stretch(progress.action().timing(), progress.settledUntil(), until)
        .ifPresent(stretch -> found(progress, stretch, now));
  }

  private void found(ActionProgress progress, Stretch stretch, Instant now) {
    if (progress.open() != null && !progress.open().scheduledAt().isAfter(stretch.last())) {
      progress.dropOpen();
    }
    history.found(progress.key(), progress.action(), stretch, now);
    unstarted.found(progress, stretch);
    recorder.mark(progress);
  }

  /** Moves the progress past the concurrent fires that are settled. */
  public void absorb(ActionProgress progress) {
    if (progress.absorb()) {
      recorder.mark(progress);
    }
  }

  private void ended(
      Firing firing, Delivery delivery, Outcome outcome, String error, String output, Instant now) {
    Status status = outcome == Outcome.DELIVERED ? Status.SUCCESS : Status.FAILED;
    history.ended(firing.key(), delivery, status, now, error, output);
    settle(firing, delivery.fire(), outcome, now);
    skipOverrun(firing, delivery, now);
  }

  private void skipOverrun(Firing firing, Delivery delivery, Instant now) {
    if (firing == firing.progress()) {
      unstarted.skipOverrun(firing.progress(), delivery.startedAt(), now);
    }
  }

  private void settle(Firing firing, Fire fire, Outcome outcome, Instant now) {
    firing.settle(unstarted.settleMerged(firing, fire, outcome, now), outcome);
    if (firing instanceof HandOver letter) {
      deadLetters.ended(letter);
      recorder.unfinished().forget(letter.letter().id());
    } else {
      recorder.mark(firing.progress());
    }
  }
}
