package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every action in force with its ways to its callbacks. Confined to the engine's thread. */
final class Lanes {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  private final Map<ActionId, Lane> first = new HashMap<>();
  private final Map<String, Outlet> outlets;
  private final Timetable timetable;
  private final Dispatcher dispatcher;
  private final Recorder recorder;
  private final History history;

  Lanes(
      Map<String, Outlet> outlets,
      Timetable timetable,
      Dispatcher dispatcher,
      Recorder recorder,
      History history) {
    this.outlets = outlets;
    this.timetable = timetable;
    this.dispatcher = dispatcher;
    this.recorder = recorder;
    this.history = history;
  }

  int actions() {
    return first.size();
  }

  Optional<Lane> of(ActionId id) {
    return Optional.ofNullable(first.get(id));
  }

  /** The lane of {@code id} to {@code callback}, or empty. */
  Optional<Lane> of(ActionId id, String callback) {
    Lane lane = first.get(id);
    while (lane != null && !lane.outlet.name().equals(callback)) {
      lane = lane.sibling;
    }
    return Optional.ofNullable(lane);
  }

  /** Every lane of {@code id}; none when it is not there. */
  void each(ActionId id, Consumer<Lane> work) {
    for (Lane lane = first.get(id); lane != null; lane = lane.sibling) {
      work.accept(lane);
    }
  }

  /** The enabled actions that fire next after {@code now}, soonest first, {@code most} at most. */
  List<Upcoming> upcoming(Instant now, int most) {
    PriorityQueue<Upcoming> soonest =
        new PriorityQueue<>(Comparator.comparing(Upcoming::nextAt).reversed());
    for (Lane lane : first.values()) {
      if (!lane.isPaused()) {
        Optional<Instant> next = lane.action.timing().schedule().next(now);
        next.ifPresent(at -> soonest.add(new Upcoming(lane.action, at)));
        if (soonest.size() > most) {
          soonest.poll();
        }
      }
    }
    List<Upcoming> upcoming = new ArrayList<>(soonest);
    upcoming.sort(Comparator.comparing(Upcoming::nextAt).thenComparing(one -> one.action().id()));
    return upcoming;
  }

  /**
   * Puts a new action in; nothing of it fires before its progress is known and it is scheduled.
   *
   * @return its first lane; the others are {@link Lane#sibling}s
   */
  Lane put(Action action) {
    Lane next = null;
    List<String> callbacks = action.policy().callbacks();
    for (int i = callbacks.size() - 1; i >= 0; i--) {
      Lane lane = new Lane(action, outlet(callbacks.get(i)));
      lane.sibling = next;
      next = lane;
    }
    first.put(action.id(), next);
    return next;
  }

  /** Has {@code lane} fire from now on; its progress is kept. */
  void schedule(Lane lane, Instant now) {
    if (lane.state == Lane.State.NEW) {
      lane.state = Lane.State.IDLE;
    }
    if (!lane.retired && !lane.isPaused() && lane.slot == null) {
      timetable.add(lane, now);
      dispatcher.poke(lane, now);
    }
  }

  /**
   * Takes an action that was not there before.
   *
   * @param noticedAt when it was read
   * @param previousReadAt when its source was read before without it, or empty for the first time
   */
  void add(Action action, Instant noticedAt, Optional<Instant> previousReadAt) {
    put(action);
    each(action.id(), lane -> seenFirst(lane, noticedAt, previousReadAt));
  }

  /** Progress of an action that has none: from the moment it was noticed on, nothing is lost. */
  void seenFirst(Lane lane, Instant noticedAt, Optional<Instant> previousReadAt) {
    lane.begin(noticedAt);
    Schedule schedule = lane.action.timing().schedule();
    if (schedule.next(noticedAt).isEmpty()) {
      Optional<Instant> past = onlyTime(schedule, noticedAt);
      if (past.isPresent()
          && previousReadAt.isPresent()
          && previousReadAt.get().isBefore(past.get())) {
        // Put in since the last look, for a moment since then: it was never late to ask for.
        lane.begin(previousReadAt.get());
      } else {
        LOG.warn(
            "{}: cron {} never fires after {}, when it was first read; correct it or remove it",
            lane.action.label(),
            lane.action.timing().text(),
            noticedAt);
      }
    }
    recorder.mark(lane);
  }

  /** Takes an edit of an action that is there. */
  void change(Action action, Instant noticedAt) {
    Lane old = first.get(action.id());
    List<Lane> kept = new ArrayList<>();
    List<Lane> leaving = new ArrayList<>();
    for (Lane lane = old; lane != null; lane = lane.sibling) {
      (action.policy().callbacks().contains(lane.outlet.name()) ? kept : leaving).add(lane);
    }
    kept.forEach(lane -> edit(lane, action, noticedAt));
    List<Lane> arriving = new ArrayList<>();
    Lane next = null;
    for (String callback : action.policy().callbacks()) {
      Lane lane =
          kept.stream().filter(one -> one.outlet.name().equals(callback)).findFirst().orElse(null);
      if (lane == null) {
        lane = new Lane(action, outlet(callback));
        lane.begin(noticedAt);
        arriving.add(lane);
      }
      lane.sibling = next;
      next = lane;
    }
    first.put(action.id(), next);
    for (int i = 0; i < arriving.size(); i++) {
      if (i < leaving.size()) {
        inherit(arriving.get(i), leaving.get(i), noticedAt);
      }
      recorder.mark(arriving.get(i));
    }
    for (int i = arriving.size(); i < leaving.size(); i++) {
      supersede(leaving.get(i), leaving.get(i).action.timing(), noticedAt);
    }
    leaving.forEach(this::retire);
  }

  void remove(ActionId id, Instant noticedAt) {
    each(
        id,
        lane -> {
          supersede(lane, lane.action.timing(), noticedAt);
          retire(lane);
        });
    first.remove(id);
  }

  /** Takes out what never began; nothing is recorded of it. */
  void drop(ActionId id) {
    each(id, lane -> lane.retired = true);
    first.remove(id);
  }

  /** Takes over the values of an edited row; an edited schedule counts from the edit on. */
  void edit(Lane lane, Action action, Instant noticedAt) {
    Timing old = lane.action.timing();
    boolean rescheduled = !action.timing().equals(old);
    if (rescheduled && lane.isBusy()) {
      // What is under way belongs to the old schedule, and is accounted for there; nothing more of
      // it starts.
      timetable.remove(lane);
      lane.edit = new Lane.Edit(action, noticedAt);
      lane.action = action.with(old);
      return;
    }
    boolean paused = lane.isPaused();
    if (rescheduled || !action.policy().enabled()) {
      timetable.remove(lane);
    }
    lane.action = action;
    lane.edit = null;
    if (paused && action.policy().enabled()) {
      resume(lane, old, noticedAt);
    }
    if (rescheduled) {
      supersede(lane, old, noticedAt);
      lane.begin(later(lane.settledUntil, noticedAt));
    }
    if (rescheduled || paused != lane.isPaused()) {
      recorder.mark(lane);
    }
    if (lane.state != Lane.State.NEW) {
      schedule(lane, noticedAt);
    }
  }

  /** The fire that an edit waited for is settled. */
  void settled(Lane lane) {
    if (lane.edit != null && !lane.isBusy() && !lane.retired) {
      edit(lane, lane.edit.action(), lane.edit.noticedAt());
    }
  }

  /** It goes on from {@code at}: what was due since it was paused does not fire. */
  void resume(Lane lane, Timing timing, Instant at) {
    lane.open = null;
    settleUpTo(lane, timing, at, Outcome.PAUSED);
  }

  /** Its schedule ends at {@code at}: what has not started by then does not fire. */
  void supersede(Lane lane, Timing old, Instant at) {
    settleUpTo(lane, old, at, Outcome.SUPERSEDED);
    lane.end(old.text(), old.zone().getId(), later(lane.settledUntil, at));
  }

  private void settleUpTo(Lane lane, Timing timing, Instant at, Outcome outcome) {
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
    lane.begin(from.settledUntil);
    lane.open = from.open;
    if (from.isPaused() && !lane.isPaused()) {
      resume(lane, old, noticedAt);
    }
    if (!lane.action.timing().equals(old)) {
      lane.open = null;
      lane.begin(later(lane.settledUntil, noticedAt));
    }
    from.end(old.text(), old.zone().getId(), from.settledUntil);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** The one time at which {@code schedule}, which has no later one, ever fires, or empty. */
  private static Optional<Instant> onlyTime(Schedule schedule, Instant at) {
    return schedule.previous(at).filter(time -> schedule.previous(time.minusNanos(1)).isEmpty());
  }

  private void retire(Lane lane) {
    lane.retired = true;
    timetable.remove(lane);
    recorder.forget(lane.key(), lane.closed);
  }

  private Outlet outlet(String callback) {
    Outlet outlet = outlets.get(callback);
    if (outlet == null) {
      throw new IllegalArgumentException(
          "callback \"" + callback + "\" is unknown; known: " + outlets.keySet());
    }
    return outlet;
  }
}
