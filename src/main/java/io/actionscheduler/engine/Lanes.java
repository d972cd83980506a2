package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.schedule.Schedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  Lanes(
      Map<String, Outlet> outlets, Timetable timetable, Dispatcher dispatcher, Recorder recorder) {
    this.outlets = outlets;
    this.timetable = timetable;
    this.dispatcher = dispatcher;
    this.recorder = recorder;
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

  void forEach(Consumer<Lane> each) {
    for (Lane lane : first.values()) {
      for (Lane next = lane; next != null; next = next.sibling) {
        each.accept(next);
      }
    }
  }

  /** Puts a new action in; nothing of it fires before its progress is known and it is scheduled. */
  void put(Action action) {
    Lane next = null;
    List<String> callbacks = action.policy().callbacks();
    for (int i = callbacks.size() - 1; i >= 0; i--) {
      Lane lane = new Lane(action, outlet(callbacks.get(i)));
      lane.sibling = next;
      next = lane;
    }
    first.put(action.id(), next);
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
    leaving.forEach(this::retire);
  }

  void remove(ActionId id) {
    each(id, this::retire);
    first.remove(id);
  }

  /** Takes over the values of an edited row; an edited schedule counts from the edit on. */
  void edit(Lane lane, Action action, Instant noticedAt) {
    boolean rescheduled = !action.timing().equals(lane.action.timing());
    boolean resumed = lane.isPaused() && action.policy().enabled();
    boolean paused = !lane.isPaused() && !action.policy().enabled();
    if (rescheduled || paused) {
      timetable.remove(lane);
    }
    lane.action = action;
    if (rescheduled || resumed) {
      settleUntil(lane, noticedAt);
    }
    if (resumed) {
      lane.open = null; // it goes on from now, without what was under way before the pause
    }
    if (rescheduled || resumed || paused) {
      recorder.mark(lane);
    }
    if (lane.state != Lane.State.NEW) {
      schedule(lane, noticedAt);
    }
  }

  /** A callback named instead of another: what is unsettled goes there now. */
  private void inherit(Lane lane, Lane from, Instant noticedAt) {
    lane.resume(from.progress());
    if (!lane.action.timing().equals(from.action.timing())
        || (from.isPaused() && !lane.isPaused())) {
      settleUntil(lane, noticedAt);
    }
  }

  /** Times before {@code at} that have not started are superseded; never moves backward. */
  static void settleUntil(Lane lane, Instant at) {
    if (lane.settledUntil.isBefore(at)) {
      lane.begin(at);
    }
  }

  /** The one time at which {@code schedule}, which has no later one, ever fires, or empty. */
  private static Optional<Instant> onlyTime(Schedule schedule, Instant at) {
    return schedule.previous(at).filter(time -> schedule.previous(time.minusNanos(1)).isEmpty());
  }

  private void retire(Lane lane) {
    lane.retired = true;
    timetable.remove(lane);
    recorder.forget(lane.key());
  }

  private void each(ActionId id, Consumer<Lane> work) {
    for (Lane lane = first.get(id); lane != null; lane = lane.sibling) {
      work.accept(lane);
    }
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
