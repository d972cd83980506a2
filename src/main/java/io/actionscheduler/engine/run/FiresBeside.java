package io.actionscheduler.engine.run;

import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * With {@code overlap: allow}, the scheduled times of an action after its oldest unsettled fire,
 * and what became of them. The parts follow each other without a gap. Confined to the engine's
 * thread.
 */
final class FiresBeside {
  private final TreeMap<Instant, Part> parts = new TreeMap<>(); // by their last scheduled time
  private Instant startedUntil;

  /** Either a fire that is unsettled, without an outcome, or a stretch that has one. */
  private record Part(FireBeside fire, Outcome outcome, Stretch stretch) {
    static Part of(FireBeside fire) {
      return new Part(fire, null, null);
    }

    boolean isSettled() {
      return fire == null;
    }
  }

  /** Empty; the fires up to {@code startedUntil} have started. */
  FiresBeside(Instant startedUntil) {
    this.startedUntil = startedUntil;
  }

  /** Every scheduled time up to this moment has started or has an outcome. */
  Instant startedUntil() {
    return startedUntil;
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** The next fire after {@link #startedUntil} starts, apart from those that merge into it. */
  void start(FireBeside fire) {
    startedUntil = fire.scheduledAt();
    parts.put(startedUntil, Part.of(fire));
  }

  /** These fires, the next ones after {@link #startedUntil}, end without having started. */
  void settle(Outcome outcome, Stretch stretch) {
    startedUntil = stretch.last();
    put(outcome, stretch);
  }

  /** These fires merged into one that started; settled before it. */
  void settleMerged(Outcome outcome, Stretch merged) {
    put(outcome, merged);
  }

  /** A fire that started has ended. */
  void settle(Fire fire, Outcome outcome, Outcome ofMerged) {
    // Until the fires that merged into it are added, its part separates them from the later ones.
    fire.merged().ifPresent(merged -> put(ofMerged, merged));
    parts.remove(fire.scheduledAt());
    put(outcome, Stretch.of(fire.scheduledAt()));
  }

  // Neighbours with the same outcome form one stretch: a fire that hangs for days costs no heap.
  // The stretch must leave no gap to the parts before and behind it.
  private void put(Outcome outcome, Stretch stretch) {
    Map.Entry<Instant, Part> before = parts.lowerEntry(stretch.first());
    Stretch whole = stretch;
    if (before != null && before.getValue().outcome == outcome) {
      parts.remove(before.getKey());
      whole = join(before.getValue().stretch, whole);
    }
    Map.Entry<Instant, Part> behind = parts.higherEntry(stretch.last());
    if (behind != null && behind.getValue().outcome == outcome) {
      parts.remove(behind.getKey());
      whole = join(whole, behind.getValue().stretch);
    }
    parts.put(whole.last(), new Part(null, outcome, whole));
  }

  private static Stretch join(Stretch first, Stretch second) {
    return new Stretch(first.first(), second.last(), first.count() + second.count());
  }

  /** The fires that are under way or in retry. */
  List<FireBeside> unsettled() {
    List<FireBeside> unsettled = new ArrayList<>();
    for (Part part : parts.values()) {
      if (!part.isSettled()) {
        unsettled.add(part.fire);
      }
    }
    return unsettled;
  }

  /** Moves {@code main}, which is settled itself, past the fires that ended. */
  void absorbInto(ActionProgress main) {
    while (!parts.isEmpty() && parts.firstEntry().getValue().isSettled()) {
      settleOn(main, parts.pollFirstEntry().getValue());
    }
  }

  /**
   * Settles {@code main} past all fires that ended, also where unsettled ones lie between.
   *
   * @param between called with the moment up to which main has to be settled first
   */
  void takeEnded(ActionProgress main, Consumer<Instant> between) {
    for (Part part : parts.values()) {
      if (part.isSettled() && part.stretch.last().isAfter(main.settledUntil())) {
        between.accept(part.stretch.first().minusNanos(1));
        settleOn(main, part);
      }
    }
    parts.values().removeIf(Part::isSettled);
  }

  private static void settleOn(ActionProgress main, Part ended) {
    if (ended.stretch.last().isAfter(main.settledUntil())) { // else it is accounted for
      main.settle(ended.outcome, ended.stretch);
    }
  }

  /** The same beside {@code main}, which goes to another callback; none is under way. */
  FiresBeside movedTo(ActionProgress main) {
    FiresBeside moved = new FiresBeside(startedUntil);
    parts.forEach(
        (at, part) -> {
          if (part.isSettled()) {
            moved.parts.put(at, part);
          } else {
            FireBeside there = new FireBeside(main, part.fire.scheduledAt(), part.fire.isMissed());
            there.keepOpen(part.fire.open());
            moved.parts.put(at, Part.of(there));
            part.fire.finish();
          }
        });
    return moved;
  }
}
