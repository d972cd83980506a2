package io.actionscheduler.engine;

import io.actionscheduler.action.Overlap;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Due;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.Jitter;
import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The way of a fire: it is looked for, started, and settled or tried again. What is due is always
 * found from a lane's progress, never from a list of fires kept somewhere. Confined to the engine's
 * thread.
 */
final class Dispatcher {
  private final MissedFires missedFires;
  private final Agenda agenda;
  private final Recorder recorder;
  private final History history;
  private final Tally tally;
  private final Consumer<Lane> settled;

  /**
   * @param settled is told of a lane whose fire under way is settled
   */
  Dispatcher(
      MissedFires missedFires,
      Agenda agenda,
      Recorder recorder,
      History history,
      Tally tally,
      Consumer<Lane> settled) {
    this.missedFires = missedFires;
    this.agenda = agenda;
    this.recorder = recorder;
    this.history = history;
    this.tally = tally;
    this.settled = settled;
  }

  /** The schedule of {@code lane} fires; a fire in retry goes on holding up those behind it. */
  void ring(Lane lane, Instant now) {
    if (lane.sides != null) {
      startBeside(lane, now);
    } else if (lane.open == null) {
      poke(lane, now);
    }
  }

  /** With {@code overlap: allow}, what is due now starts beside the fire under way. */
  private void startBeside(Lane lane, Instant now) {
    Optional<Lane> side = lane.sides.begin(lane, now);
    while (side.isPresent()) {
      poke(side.get(), now);
      side = lane.sides.begin(lane, now);
    }
    lane.sides
        .nextDue(lane)
        .filter(dueAt -> lane.action.timing().jitter().toNanos() > 0 && dueAt.isAfter(now))
        .ifPresent(dueAt -> agenda.add(dueAt, then -> ringAgain(lane, then)));
  }

  private void ringAgain(Lane lane, Instant now) {
    if (lane.sides != null && !lane.retired && !lane.isPaused() && lane.edit == null) {
      startBeside(lane, now);
    }
  }

  /** Looks what {@code lane} has to do: queues it now, or looks again when it is due. */
  void poke(Lane lane, Instant now) {
    boolean behindOthers = lane.sides != null && lane.open == null;
    if (lane.state != Lane.State.IDLE || lane.retired || lane.isPaused() || behindOthers) {
      return;
    }
    if (lane.open != null) {
      pokeAt(lane.open.retryAt(), lane, now);
      return;
    }
    Instant scheduledAt = lane.action.timing().schedule().next(lane.settledUntil).orElse(null);
    if (scheduledAt == null || scheduledAt.isAfter(now)) {
      return; // the timetable rings when it is
    }
    Instant dueAt = Jitter.due(lane.action, scheduledAt);
    if (!dueAt.isAfter(now) && MissedFires.isMissed(dueAt, now)) {
      lane.outlet.offerLate(lane, scheduledAt);
    } else {
      pokeAt(dueAt, lane, now);
    }
  }

  private void pokeAt(Instant at, Lane lane, Instant now) {
    if (at.isAfter(now)) {
      agenda.add(at, then -> poke(lane, then));
    } else {
      outlet(lane).offer(lane, now);
    }
  }

  /** The turn of {@code lane} has come: what it delivers now, or empty when nothing is left to. */
  Optional<Delivery> start(Lane lane, Instant now) {
    lane.state = Lane.State.IDLE;
    if (lane.main != null) {
      lane.action = lane.main.action; // a later attempt uses the values of an edit
      lane.retired |= lane.main.retired;
    }
    if (lane.retired || lane.isPaused()) {
      return Optional.empty();
    }
    if (lane.open != null) {
      return startAgain(lane, lane.open, now);
    }
    if (lane.main != null) {
      return startSide(lane, now);
    }
    Due due = missedFires.due(lane.action, lane.settledUntil, now);
    due.expired().ifPresent(stretch -> expire(lane, stretch, now));
    return due.fire().map(fire -> started(lane, fire, 1, now));
  }

  private Optional<Delivery> startAgain(Lane lane, OpenFire open, Instant now) {
    Fire fire = new Fire(lane.action, open.scheduledAt(), open.cause(), open.merged(), "");
    if (!open.givenUp() && Retries.isTooOld(lane.action, open.scheduledAt(), now)) {
      Delivery last = new Delivery(fire, open.attempts(), now);
      fail(lane, last, "no longer actual; last error: " + open.error(), "", now);
      goOn(lane, now);
      return Optional.empty();
    }
    int attempt = open.givenUp() ? open.attempts() : open.attempts() + 1;
    return Optional.of(started(lane, fire, attempt, now));
  }

  private Optional<Delivery> startSide(Lane lane, Instant now) {
    Instant at = lane.action.timing().schedule().next(lane.settledUntil).orElseThrow();
    boolean missed = MissedFires.isMissed(Jitter.due(lane.action, at), now);
    if (missed && MissedFires.isTooOld(lane.action, at, now)) {
      expire(lane, Stretch.of(at), now);
      goOn(lane, now);
      return Optional.empty();
    }
    Cause cause = missed ? Cause.CATCH_UP : Cause.SCHEDULE;
    return Optional.of(
        started(lane, new Fire(lane.action, at, cause, Optional.empty(), ""), 1, now));
  }

  private Delivery started(Lane lane, Fire fire, int attempt, Instant now) {
    lane.state = Lane.State.RUNNING;
    if (lane.action.policy().overlap() == Overlap.ALLOW
        && lane.main == null
        && lane.sides == null) {
      lane.sides = Sides.behind(lane, fire);
      startBeside(lane, now);
    }
    return new Delivery(fire, attempt, now);
  }

  /** The callback has delivered a fire of {@code lane}, and its target answered {@code output}. */
  void delivered(Lane lane, Delivery delivery, String output, Instant now) {
    lane.state = Lane.State.IDLE;
    if (lane.retired) {
      history.ended(lane, delivery, Status.SUCCESS, now, "", output);
      return;
    }
    if (lane.open != null && lane.open.givenUp()) {
      ended(lane, delivery, Outcome.FAILED, lane.open.error(), output, now);
    } else {
      tally.delivered(delivery, now);
      ended(lane, delivery, Outcome.DELIVERED, "", output, now);
      skipOverrun(lane, delivery, now);
    }
    goOn(lane, now);
  }

  /** The callback has not delivered a fire of {@code lane}. */
  void failed(Lane lane, Delivery delivery, CallbackException why, Instant now) {
    lane.state = Lane.State.IDLE;
    if (lane.retired) {
      history.ended(lane, delivery, Status.SUPERSEDED, now, why.getMessage(), why.output());
      return;
    }
    switch (why.kind()) {
      case AWAY -> Retries.afterAway(lane, delivery, why, now).ifPresent(o -> keepOpen(lane, o));
      case REFUSED -> refused(lane, delivery, why, now);
      case PERMANENT -> fail(lane, delivery, why.getMessage(), why.output(), now);
    }
    goOn(lane, now);
  }

  private void goOn(Lane lane, Instant now) {
    Lane whole = lane.main == null ? lane : lane.main;
    if (whole.sides != null && whole.open == null && whole.state != Lane.State.RUNNING) {
      whole.sides.absorbInto(whole);
      recorder.mark(whole);
      whole.sides = whole.sides.isEmpty() ? null : whole.sides;
    }
    ringAgain(whole, now); // one that was missed may have waited for this one
    if (!whole.isBusy()) {
      settled.accept(whole);
      poke(whole, now);
    }
    if (lane.open != null) {
      pokeAt(lane.open.retryAt(), lane, now);
    }
  }

  private void settle(Lane lane, Fire fire, Outcome outcome) {
    lane.open = null;
    if (lane.main != null) {
      endSide(lane, fire.scheduledAt(), outcome);
      return;
    }
    // After an edit of the schedule while this fire was under way, progress is the edit's moment.
    if (lane.settledUntil.isBefore(fire.scheduledAt())) {
      fire.merged().ifPresent(merged -> lane.settle(Outcome.MERGED, merged));
      lane.settle(outcome, Stretch.of(fire.scheduledAt()));
    }
    recorder.mark(lane);
  }

  private static void endSide(Lane lane, Instant scheduledAt, Outcome outcome) {
    lane.retired = true;
    lane.main.sides.settled(scheduledAt, outcome);
  }

  private void expire(Lane lane, Stretch stretch, Instant now) {
    tally.expired(lane, stretch);
    history.settled(lane, Outcome.EXPIRED, stretch, now);
    if (lane.main != null) {
      endSide(lane, stretch.last(), Outcome.EXPIRED);
      return;
    }
    lane.settle(Outcome.EXPIRED, stretch);
    recorder.mark(lane);
  }

  /** With {@code overlap: skip}, what fell due while the fire before it ran does not fire. */
  private void skipOverrun(Lane lane, Delivery delivery, Instant now) {
    if (lane.action.policy().overlap() != Overlap.SKIP) {
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

  /** Where {@code lane} delivers now: its callback, or the one for what failed for good. */
  private static Outlet outlet(Lane lane) {
    return lane.open != null && lane.open.givenUp() ? lane.outlet.deadLetter() : lane.outlet;
  }

  private void refused(Lane lane, Delivery delivery, CallbackException why, Instant now) {
    Retries.Verdict verdict = Retries.afterRefusal(lane, outlet(lane), delivery, why, now);
    if (verdict.next().isPresent()) {
      tally.refused(delivery, why, verdict.next().get().retryAt());
      keepOpen(lane, verdict.next().get());
    } else {
      fail(lane, delivery, verdict.reason(), why.output(), now);
    }
  }

  private void keepOpen(Lane lane, OpenFire open) {
    lane.open = open;
    if (lane.main == null) { // a fire beside another is not settled before it is, and found again
      recorder.mark(lane);
    }
  }

  /** Given up: handed to the callback for that, if there is one, and settled behind it. */
  private void fail(Lane lane, Delivery delivery, String error, String output, Instant now) {
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

  private void ended(
      Lane lane, Delivery delivery, Outcome outcome, String error, String output, Instant now) {
    Status status = outcome == Outcome.DELIVERED ? Status.SUCCESS : Status.FAILED;
    history.ended(lane, delivery, status, now, error, output);
    settle(lane, delivery.fire(), outcome);
  }
}
