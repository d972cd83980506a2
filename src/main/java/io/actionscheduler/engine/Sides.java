package io.actionscheduler.engine;

import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.Jitter;
import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * With {@code overlap: allow}, the fires of a lane that run beside the one before them, each in a
 * lane of its own. Progress stays behind the oldest that is unsettled. Confined to the engine's
 * thread.
 */
final class Sides {
  private final TreeMap<Instant, Side> fires = new TreeMap<>();
  private Instant startedUntil;

  private static final class Side {
    private final Lane lane;
    private Outcome outcome; // null while it is under way, waits, or is in retry

    private Side(Lane lane) {
      this.lane = lane;
    }
  }

  private Sides(Instant startedUntil) {
    this.startedUntil = startedUntil;
  }

  /** None so far, behind {@code fire}, which {@code main} itself has started. */
  static Sides behind(Lane main, Fire fire) {
    // A fire in retry may belong to a schedule that was edited since: progress is the edit's
    // moment.
    return new Sides(
        fire.scheduledAt().isAfter(main.settledUntil) ? fire.scheduledAt() : main.settledUntil);
  }

  boolean isEmpty() {
    return fires.isEmpty();
  }

  /** Whether one of them is with its callback now. */
  boolean isRunning() {
    return fires.values().stream()
        .anyMatch(side -> side.outcome == null && side.lane.state == Lane.State.RUNNING);
  }

  /** When the next fire that could start beside the others is due, or empty for none at all. */
  Optional<Instant> nextDue(Lane main) {
    return next(main).map(at -> Jitter.due(main.action, at));
  }

  /**
   * A lane for the next fire, if it is due. What was missed may have to merge, and waits for its
   * turn then; else it goes in order, as many at a time as the callback takes: the rest is found
   * from progress.
   */
  Optional<Lane> begin(Lane main, Instant now) {
    Instant at = next(main).orElse(null);
    if (at == null || at.isAfter(now)) {
      return Optional.empty();
    }
    Instant dueAt = Jitter.due(main.action, at);
    if (dueAt.isAfter(now) || MissedFires.isMissed(dueAt, now) && !mayCatchUp(main)) {
      return Optional.empty();
    }
    startedUntil = at;
    return Optional.of(put(main, at).lane);
  }

  private Side put(Lane main, Instant at) {
    Lane lane = new Lane(main.action, main.outlet);
    lane.main = main;
    lane.begin(at.minusNanos(1_000));
    lane.state = Lane.State.IDLE;
    Side side = new Side(lane);
    fires.put(at, side);
    return side;
  }

  private boolean mayCatchUp(Lane main) {
    return !main.action.policy().missed().merge() && fires.size() < main.outlet.concurrency();
  }

  void settled(Instant scheduledAt, Outcome outcome) {
    fires.get(scheduledAt).outcome = outcome;
  }

  /** Ends those that no callback has now: each is told, to be settled. */
  void endWaiting(Consumer<Lane> each) {
    for (Side side : fires.values()) {
      if (side.outcome == null && side.lane.state != Lane.State.RUNNING) {
        each.accept(side.lane);
      }
    }
  }

  void each(Consumer<Lane> work) {
    fires.values().stream()
        .filter(side -> side.outcome == null)
        .map(side -> side.lane)
        .toList()
        .forEach(work);
  }

  /** Moves the progress of {@code main}, which is settled itself, over those that ended. */
  void absorbInto(Lane main) {
    while (!fires.isEmpty() && fires.firstEntry().getValue().outcome != null) {
      Map.Entry<Instant, Side> ended = fires.pollFirstEntry();
      settleOn(main, ended);
    }
  }

  /**
   * Settles {@code main} over all that ended, whatever lies between.
   *
   * @param between told the moment up to which main is to be settled first
   */
  void takeEnded(Lane main, Consumer<Instant> between) {
    for (Map.Entry<Instant, Side> fire : fires.entrySet()) {
      if (fire.getValue().outcome != null && fire.getKey().isAfter(main.settledUntil)) {
        between.accept(fire.getKey().minusNanos(1));
        settleOn(main, fire);
      }
    }
    fires.values().removeIf(side -> side.outcome != null);
  }

  private static void settleOn(Lane main, Map.Entry<Instant, Side> ended) {
    if (ended.getKey().isAfter(main.settledUntil)) { // else it is accounted for
      main.settle(ended.getValue().outcome, Stretch.of(ended.getKey()));
    }
  }

  /** The same fires beside {@code main}, which goes to another callback; none is under way. */
  Sides movedTo(Lane main) {
    Sides moved = new Sides(startedUntil);
    fires.forEach(
        (at, side) -> {
          Side there = moved.put(main, at);
          there.outcome = side.outcome;
          there.lane.open = side.lane.open;
          side.lane.retired = true;
        });
    return moved;
  }

  private Optional<Instant> next(Lane main) {
    return main.action.timing().schedule().next(startedUntil);
  }
}
