package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What an edit of an action means for its lanes. Values hold for every later attempt at once; what
 * says when and where it fires holds from the moment the edit was noticed, for what had not started
 * by then: where a fire is under way, the edit waits for it. Confined to the engine's thread.
 */
final class Edits {
  private final Lanes lanes;
  private final Timetable timetable;
  private final Dispatcher dispatcher;
  private final Settlement settlement;
  private final Recorder recorder;
  private final History history;

  Edits(
      Lanes lanes,
      Timetable timetable,
      Dispatcher dispatcher,
      Settlement settlement,
      Recorder recorder,
      History history) {
    this.lanes = lanes;
    this.timetable = timetable;
    this.dispatcher = dispatcher;
    this.settlement = settlement;
    this.recorder = recorder;
    this.history = history;
  }

  /** Takes an edit of an action that is there. */
  void change(Action action, Instant noticedAt, Instant now) {
    List<Lane> kept = new ArrayList<>();
    List<Lane> leaving = new ArrayList<>();
    lanes.each(action.id(), lane -> (lane.goesTo(action) ? kept : leaving).add(lane));
    kept.forEach(lane -> edit(lane, action, noticedAt, now));
    if (leaving.stream().anyMatch(Lane::isRunning)) {
      // What a callback has now is not delivered at another as well.
      leaving.forEach(lane -> defer(lane, action, since(lane, action, noticedAt)));
      return;
    }
    List<Lane> arriving = lanes.replace(action, kept);
    for (int i = 0; i < arriving.size(); i++) {
      Lane lane = arriving.get(i);
      lane.begin(noticedAt);
      if (i < leaving.size()) {
        Lane from = leaving.get(i);
        inherit(lane, from, since(from, action, noticedAt));
      }
      recorder.mark(lane);
    }
    for (int i = arriving.size(); i < leaving.size(); i++) {
      supersede(leaving.get(i), leaving.get(i).action.timing(), noticedAt);
    }
    leaving.forEach(this::retire);
  }

  /** An attempt has ended that an edit of its lane may have waited for. */
  void attempted(Lane lane, Instant now) {
    Lane.Edit edit = lane.edit;
    if (edit == null || lane.retired) {
      return;
    }
    if (lane.goesTo(edit.action())) {
      edit(lane, edit.action(), edit.noticedAt(), now);
    } else if (!lane.isRunning()) {
      change(edit.action(), edit.noticedAt(), now);
    }
  }

  void remove(Lane lane, Instant noticedAt) {
    supersede(lane, lane.action.timing(), noticedAt);
    retire(lane);
  }

  private void edit(Lane lane, Action action, Instant noticedAt, Instant now) {
    Instant since = since(lane, action, noticedAt);
    Timing old = lane.action.timing();
    boolean rescheduled = !action.timing().equals(old);
    boolean paused = lane.isPaused();
    boolean enabled = action.policy().enabled();
    if (!enabled && !paused) {
      lane.action = action.with(old);
      pause(lane, noticedAt);
    }
    if (lane.isBusy() && (rescheduled || paused && enabled)) {
      // What is under way belongs to the old schedule, and is accounted for there; nothing more of
      // it starts.
      lane.action = paused ? lane.action : action.with(old);
      defer(lane, action, since);
      return;
    }
    lane.edit = null;
    if (rescheduled || !enabled) {
      timetable.remove(lane);
    }
    if (paused && (enabled || rescheduled)) {
      settleUpTo(lane, old, since, Outcome.PAUSED);
    }
    lane.action = action;
    if (rescheduled) {
      supersede(lane, old, since);
      lane.begin(later(lane.settledUntil, since));
    }
    if (rescheduled || paused == enabled) {
      recorder.mark(lane);
    }
    if (lane.state != Lane.State.NEW) {
      lanes.schedule(lane, now);
    }
  }

  private void defer(Lane lane, Action action, Instant since) {
    timetable.remove(lane);
    lane.edit = new Lane.Edit(action, since);
  }

  /** From when on an edit counts: an earlier one that waits and says the same came first. */
  private static Instant since(Lane lane, Action action, Instant noticedAt) {
    return lane.edit != null
            && lane.edit.action().timing().equals(action.timing())
            && lane.edit.action().policy().enabled() == action.policy().enabled()
        ? lane.edit.noticedAt()
        : noticedAt;
  }

  /** Nothing of a paused lane waits: what is due from now on does not fire. */
  void pause(Lane lane, Instant at) {
    if (lane.open != null && lane.state != Lane.State.RUNNING) {
      settlement.drop(lane, at);
    }
    if (lane.sides != null) {
      lane.sides.endWaiting(side -> settlement.drop(side, at));
      dispatcher.absorb(lane);
    }
  }

  /** It goes on from {@code at}: what was due since it was paused does not fire. */
  void resume(Lane lane, Timing timing, Instant at) {
    if (lane.open != null) {
      settlement.drop(lane, at);
    }
    settleUpTo(lane, timing, at, Outcome.PAUSED);
  }

  /** Its schedule ends at {@code at}: what has not started by then does not fire. */
  void supersede(Lane lane, Timing old, Instant at) {
    if (lane.open != null && lane.open.givenUp()) {
      settlement.keepFailed(lane, "its action was changed", at);
    }
    settleUpTo(lane, old, at, Outcome.SUPERSEDED);
    lane.end(old.text(), old.zone().getId(), later(lane.settledUntil, at));
  }

  private void settleUpTo(Lane lane, Timing timing, Instant at, Outcome outcome) {
    if (lane.sides != null) {
      lane.sides.takeEnded(lane, until -> settleRest(lane, timing, until, outcome));
    }
    settleRest(lane, timing, at, outcome);
  }

  private void settleRest(Lane lane, Timing timing, Instant at, Outcome outcome) {
    Stretch.of(timing.schedule(), lane.settledUntil, at)
        .ifPresent(
            stretch -> {
              lane.settle(outcome, stretch);
              history.settled(lane, outcome, stretch, at);
            });
  }

  /** A callback named instead of another: what is unsettled goes there now. */
  private void inherit(Lane lane, Lane from, Instant noticedAt) {
    Timing old = from.action.timing();
    boolean rescheduled = !lane.action.timing().equals(old);
    if (from.isPaused() && (rescheduled || !lane.isPaused())) {
      settleUpTo(from, old, noticedAt, Outcome.PAUSED);
    } else if (lane.isPaused()) {
      pause(from, noticedAt);
    }
    if (rescheduled) {
      supersede(from, old, noticedAt);
      lane.begin(later(from.settledUntil, noticedAt));
      return;
    }
    lane.begin(from.settledUntil);
    lane.open = from.open;
    lane.sides = from.sides == null ? null : from.sides.movedTo(lane);
    from.open = null;
    from.end(old.text(), old.zone().getId(), from.settledUntil);
  }

  private void retire(Lane lane) {
    lane.retired = true;
    timetable.remove(lane);
    recorder.forget(lane.key(), lane.closed);
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
