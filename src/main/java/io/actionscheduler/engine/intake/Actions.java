package io.actionscheduler.engine.intake;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.engine.clock.EngineLoop;
import io.actionscheduler.engine.clock.Timetable;
import io.actionscheduler.engine.record.FurthestProgress;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.engine.run.FirePath;
import io.actionscheduler.fire.ContradictorySchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Every action in force with its progress at each callback. Confined to the engine's thread, except
 * for {@link #ahead}.
 */
public final class Actions {
  private final ProgressById first = new ProgressById(); // siblings follow it
  private final Timetable<ActionProgress> timetable;
  private final FirePath path;
  private final FurthestProgress furthest;

  /**
   * @param furthest includes all progress that is scheduled
   */
  public Actions(Timetable<ActionProgress> timetable, FirePath path, FurthestProgress furthest) {
    this.timetable = timetable;
    this.path = path;
    this.furthest = furthest;
  }

  public int size() {
    return first.size();
  }

  /** The first progress of every action. */
  public Collection<ActionProgress> all() {
    return first.all();
  }

  /**
   * Up to when each of {@code ids} is settled at every one of its callbacks; those that have not
   * begun are left out. Where no progress is after {@code now}, which is usual, none at all, and at
   * once: the engine's thread has more urgent things to do. From any thread.
   */
  public CompletableFuture<Map<ActionId, Instant>> ahead(
      Collection<ActionId> ids, Instant now, EngineLoop loop) {
    return furthest.mayBeAfter(now)
        ? loop.ask(any -> settledUntil(ids))
        : CompletableFuture.completedFuture(Map.of());
  }

  private Map<ActionId, Instant> settledUntil(Collection<ActionId> ids) {
    Map<ActionId, Instant> settled = new HashMap<>();
    for (ActionId id : ids) {
      for (ActionProgress one : of(id)) {
        if (one.hasBegun()) {
          settled.merge(id, one.settledUntil(), (a, b) -> a.isBefore(b) ? a : b);
        }
      }
    }
    return settled;
  }

  boolean has(ActionId id) {
    return first.get(id) != null;
  }

  /** The progress of {@code id} at each of its callbacks; empty when there is no such action. */
  List<ActionProgress> of(ActionId id) {
    List<ActionProgress> all = new ArrayList<>(1);
    for (ActionProgress one = first.get(id); one != null; one = one.sibling()) {
      all.add(one);
    }
    return all;
  }

  /** The progress of an action that has not begun, linked by its siblings. */
  static ActionProgress chain(Action action) {
    ActionProgress next = null;
    List<String> callbacks = action.policy().callbacks();
    for (int i = callbacks.size() - 1; i >= 0; i--) {
      ActionProgress progress = new ActionProgress(action, callbacks.get(i));
      progress.link(next);
      next = progress;
    }
    return next;
  }

  /** Adds an action; it does not fire before its progress is known and it is scheduled. */
  void put(ActionProgress chain) {
    first.put(chain);
  }

  /**
   * Gives {@code action} progress at each callback that it names.
   *
   * @param kept its progress at callbacks that it still has
   * @return the progress that is new, and has not begun
   */
  List<ActionProgress> replace(Action action, List<ActionProgress> kept) {
    List<ActionProgress> arriving = new ArrayList<>();
    ActionProgress next = null;
    for (String callback : action.policy().callbacks()) {
      ActionProgress progress =
          kept.stream().filter(one -> one.callback().equals(callback)).findFirst().orElse(null);
      if (progress == null) {
        progress = new ActionProgress(action, callback);
        arriving.add(progress);
      }
      progress.link(next);
      next = progress;
    }
    put(next);
    return arriving;
  }

  /** Removes {@code id}; records nothing. */
  List<ActionProgress> take(ActionId id) {
    List<ActionProgress> taken = of(id);
    first.remove(id);
    return taken;
  }

  /** Schedules {@code progress}, which is stored. */
  public void schedule(ActionProgress progress, Instant now) {
    progress.activate();
    furthest.include(progress);
    if (progress.isSilent() || progress.isInTimetable()) {
      return;
    }
    if (progress.pendingEdit() == null) { // otherwise no more fires of its old schedule start
      try {
        timetable.add(progress, progress.action().timing(), now);
      } catch (ContradictorySchedule e) {
        path.fault(progress, e);
        return;
      }
    }
    path.resume(progress, now);
  }

  /** Removes {@code progress} from the timetable. */
  void unschedule(ActionProgress progress) {
    timetable.remove(progress);
  }

  /** The clock was set back by {@code step}: moments that are waited for move back with it. */
  public void clockSetBack(Duration step) {
    first.forEach(
        chain -> {
          for (ActionProgress one = chain; one != null; one = one.sibling()) {
            one.clockSetBack(step);
          }
        });
  }
}
