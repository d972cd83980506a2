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
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The way of a fire: it is looked for, started, and settled or tried again. What is due is always
 * found from a lane's progress, never from a list of fires kept somewhere. Confined to the engine's
 * thread.
 */
final class Dispatcher {
  private final MissedFires missedFires;
  private final Agenda agenda;
  private final Settlement settlement;
  private final BiConsumer<Lane, Instant> attempted;

  /**
   * @param attempted is told of a lane with an edit that waited for the attempt that ended
   */
  Dispatcher(
      MissedFires missedFires,
      Agenda agenda,
      Settlement settlement,
      BiConsumer<Lane, Instant> attempted) {
    this.missedFires = missedFires;
    this.agenda = agenda;
    this.settlement = settlement;
    this.attempted = attempted;
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
    if (lane.sides == null
        || lane.retired
        || lane.isPaused()
        || lane.edit != null
        || lane.action.policy().overlap() != Overlap.ALLOW) {
      return;
    }
    Optional<Lane> side = lane.sides.begin(lane, now);
    while (side.isPresent()) {
      poke(side.get(), now);
      side = lane.sides.begin(lane, now);
    }
    lane.sides
        .nextDue(lane)
        .filter(dueAt -> lane.action.timing().jitter().toNanos() > 0 && dueAt.isAfter(now))
        .ifPresent(dueAt -> agenda.add(dueAt, then -> startBeside(lane, then)));
  }

  /** Looks what {@code lane} has to do: queues it now, or looks again when it is due. */
  void poke(Lane lane, Instant now) {
    boolean behindOthers = lane.sides != null && lane.open == null;
    if (lane.state != Lane.State.IDLE || lane.retired || lane.isPaused() || behindOthers) {
      return;
    }
    if (lane.target() == null) { // its callback for what failed for good is gone
      settlement.keepFailed(lane, "the settings name none any more", now);
      goOn(lane, now);
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
      lane.target().offer(lane, now);
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
    due.expired().ifPresent(stretch -> settlement.expire(lane, stretch, now));
    if (due.fire().isEmpty()) {
      poke(lane, now); // behind what expired, its jitter may put one ahead
    }
    return due.fire().map(fire -> started(lane, fire, 1, now));
  }

  private Optional<Delivery> startAgain(Lane lane, OpenFire open, Instant now) {
    Fire fire = new Fire(lane.action, open.scheduledAt(), open.cause(), open.merged(), "");
    if (!open.givenUp() && Retries.isTooOld(lane.action, open.scheduledAt(), now)) {
      Delivery last = new Delivery(fire, open.attempts(), now);
      settlement.fail(lane, last, "no longer actual; last error: " + open.error(), "", now);
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
      settlement.expire(lane, Stretch.of(at), now);
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
        && lane.sides == null
        && lane.edit == null) {
      lane.sides = Sides.behind(lane, fire);
      startBeside(lane, now);
    }
    return new Delivery(fire, attempt, now, lane.open != null && lane.open.givenUp());
  }

  /** The callback has delivered a fire of {@code lane}, and its target answered {@code output}. */
  void delivered(Lane lane, Delivery delivery, String output, Instant now) {
    lane.state = Lane.State.IDLE;
    if (lane.whole().retired) {
      settlement.unneeded(lane, delivery, Status.SUCCESS, "", output, now);
      return;
    }
    settlement.delivered(lane, delivery, output, now);
    goOn(lane, now);
  }

  /** The callback has not delivered a fire of {@code lane}. */
  void failed(Lane lane, Delivery delivery, CallbackException why, Instant now) {
    lane.state = Lane.State.IDLE;
    if (lane.whole().retired) {
      settlement.unneeded(lane, delivery, Status.SUPERSEDED, why.getMessage(), why.output(), now);
      return;
    }
    switch (why.kind()) {
      case AWAY, REFUSED -> {
        if (lane.whole().isPaused()) {
          settlement.paused(lane, delivery, why, now);
        } else if (why.kind() == CallbackException.Kind.REFUSED) {
          settlement.refused(lane, delivery, why, now);
        } else {
          Retries.afterAway(lane, delivery, why, now)
              .ifPresent(open -> settlement.keepOpen(lane, open));
        }
      }
      case PERMANENT -> settlement.fail(lane, delivery, why.getMessage(), why.output(), now);
    }
    goOn(lane, now);
  }

  private void goOn(Lane lane, Instant now) {
    Lane whole = lane.whole();
    absorb(whole);
    startBeside(whole, now); // one that was missed may have waited for this one
    if (whole.edit != null) {
      attempted.accept(whole, now);
    }
    if (!whole.isBusy()) {
      poke(whole, now);
    }
    if (lane.open != null) {
      poke(lane, now);
    }
  }

  /** Moves the progress of {@code whole} over the fires beside it that are settled. */
  void absorb(Lane whole) {
    if (whole.sides != null && whole.open == null && whole.state != Lane.State.RUNNING) {
      whole.sides.absorbInto(whole);
      settlement.moved(whole);
      whole.sides = whole.sides.isEmpty() ? null : whole.sides;
    }
  }
}
