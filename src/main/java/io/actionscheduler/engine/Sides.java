package io.actionscheduler.engine;

import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.Jitter;
import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * With {@code overlap: allow}, the fires of a lane that run beside the one before them, each in a
 * lane of its own. Progress stays behind the oldest that is unsettled. Confined to the engine's
 * thread.
 */
final class Sides {
  private final TreeMap<Instant, Optional<Outcome>> fires = new TreeMap<>(); // empty: under way
  private Instant startedUntil;

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
    fires.put(at, Optional.empty());
    startedUntil = at;
    Lane side = new Lane(main.action, main.outlet);
    side.main = main;
    side.begin(at.minusNanos(1_000));
    side.state = Lane.State.IDLE;
    return Optional.of(side);
  }

  private boolean mayCatchUp(Lane main) {
    return !main.action.policy().missed().merge() && fires.size() < main.outlet.concurrency();
  }

  void settled(Instant scheduledAt, Outcome outcome) {
    fires.replace(scheduledAt, Optional.of(outcome));
  }

  /** Moves the progress of {@code main}, which is settled itself, over those that ended. */
  void absorbInto(Lane main) {
    while (!fires.isEmpty() && fires.firstEntry().getValue().isPresent()) {
      var ended = fires.pollFirstEntry();
      main.settle(ended.getValue().get(), Stretch.of(ended.getKey()));
    }
  }

  private Optional<Instant> next(Lane main) {
    return main.action.timing().schedule().next(startedUntil);
  }
}
