package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.schedule.Schedule;
import java.time.Duration;
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
  private static final int TOLD_AT_ONCE = 100;

  private final Map<ActionId, Lane> first = new HashMap<>();
  private final Map<String, Outlet> outlets;
  private final Timetable timetable;
  private final Dispatcher dispatcher;
  private final Recorder recorder;
  private int neverFiring; // in the reading that is taken in

  Lanes(
      Map<String, Outlet> outlets, Timetable timetable, Dispatcher dispatcher, Recorder recorder) {
    this.outlets = outlets;
    this.timetable = timetable;
    this.dispatcher = dispatcher;
    this.recorder = recorder;
  }

  /** Whether every callback that {@code action} names is there. */
  boolean canFire(Action action) {
    return outlets.keySet().containsAll(action.policy().callbacks());
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

  /** The enabled actions that fire next, soonest first, {@code most} at most. */
  List<Upcoming> upcoming(int most) {
    return timetable.upcoming(most);
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
    if (lane.retired || lane.isPaused() || lane.slot != null) {
      return;
    }
    if (lane.edit == null) { // else nothing of its old schedule starts any more
      timetable.add(lane, now);
    }
    dispatcher.poke(lane, now);
    if (lane.sides != null) {
      lane.sides.each(side -> dispatcher.poke(side, now));
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
        tellNeverFires(lane.action, noticedAt);
      }
    }
    recorder.mark(lane);
  }

  private void tellNeverFires(Action action, Instant noticedAt) {
    neverFiring++;
    if (neverFiring <= TOLD_AT_ONCE) {
      LOG.warn(
          "{}: cron {} never fires after {}, when it was first read; correct it or remove it",
          action.label(),
          action.timing().text(),
          noticedAt);
    } else if (neverFiring == TOLD_AT_ONCE + 1) {
      LOG.warn("more actions never fire; list them with: validate");
    }
  }

  /** A reading of a source begins: of those that never fire, the first are named again. */
  void beginReading() {
    neverFiring = 0;
  }

  /**
   * Has {@code action} go where it says.
   *
   * @param kept its lanes that stay
   * @return those that are new; they have not begun
   */
  List<Lane> replace(Action action, List<Lane> kept) {
    List<Lane> arriving = new ArrayList<>();
    Lane next = null;
    for (String callback : action.policy().callbacks()) {
      Lane lane =
          kept.stream().filter(one -> one.outlet.name().equals(callback)).findFirst().orElse(null);
      if (lane == null) {
        lane = new Lane(action, outlet(callback));
        arriving.add(lane);
      }
      lane.sibling = next;
      next = lane;
    }
    first.put(action.id(), next);
    return arriving;
  }

  /** Takes the lanes of {@code id} out; nothing is recorded of that. */
  List<Lane> take(ActionId id) {
    List<Lane> taken = new ArrayList<>();
    each(id, taken::add);
    first.remove(id);
    return taken;
  }

  /** The clock was set back by {@code step}: what waits for a moment waits no longer for that. */
  void clockSetBack(Duration step) {
    for (Lane lane : first.values()) {
      for (Lane one = lane; one != null; one = one.sibling) {
        setBack(one, step);
        if (one.sides != null) {
          one.sides.each(side -> setBack(side, step));
        }
      }
    }
  }

  private static void setBack(Lane lane, Duration step) {
    if (lane.open != null) {
      lane.open = lane.open.retriedAt(lane.open.retryAt().minus(step));
    }
  }

  /** The one time at which {@code schedule}, which has no later one, ever fires, or empty. */
  private static Optional<Instant> onlyTime(Schedule schedule, Instant at) {
    return schedule.previous(at).filter(time -> schedule.previous(time.minusNanos(1)).isEmpty());
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
