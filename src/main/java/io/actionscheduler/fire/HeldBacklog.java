package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The missed fires that a start held, of an action at a callback, in the order of time: parts with
 * a decision, and at the end perhaps one without.
 *
 * @param parts each begins where the one before it ends; only the last may be undecided
 */
public record HeldBacklog(List<Part> parts) {
  /** Nothing is held, as of most actions. */
  public static final HeldBacklog NONE = new HeldBacklog(List.of());

  /**
   * Some of the fires.
   *
   * @param upTo the last scheduled time of them
   * @param decision empty while it is held
   */
  public record Part(Instant upTo, Optional<BacklogDecision> decision) {
    public Part {
      requireNonNull(upTo, "upTo is null");
      requireNonNull(decision, "decision is null");
    }
  }

  /**
   * @throws IllegalArgumentException when the parts are not in the order of their fires, or one
   *     that is not the last has no decision
   */
  public HeldBacklog {
    parts = List.copyOf(parts);
    for (int i = 1; i < parts.size(); i++) {
      if (parts.get(i - 1).decision().isEmpty()
          || !parts.get(i - 1).upTo().isBefore(parts.get(i).upTo())) {
        throw new IllegalArgumentException("parts out of order: " + parts);
      }
    }
  }

  /**
   * The held fires at a start.
   *
   * @param decided stored decisions, in the order of their fires
   * @param settledUntil progress; decisions on settled fires no longer count
   * @param heldUpTo the last missed fire; empty: nothing is held beyond what is decided
   */
  public static HeldBacklog of(
      List<DecidedBacklog> decided, Instant settledUntil, Optional<Instant> heldUpTo) {
    List<Part> parts = new ArrayList<>();
    Instant end = settledUntil;
    for (DecidedBacklog one : decided) {
      if (one.upTo().isAfter(end)) {
        parts.add(new Part(one.upTo(), Optional.of(one.decision())));
        end = one.upTo();
      }
    }
    if (heldUpTo.isPresent() && heldUpTo.get().isAfter(end)) {
      parts.add(new Part(heldUpTo.get(), Optional.empty()));
    }
    return parts.isEmpty() ? NONE : new HeldBacklog(parts);
  }

  /**
   * The held fires of {@code action} at a start. One whose schedule contradicts itself has none: it
   * is rejected.
   *
   * @param settledUntil progress
   * @param decided as for {@link #of}
   * @param heldAt when the start found them
   */
  public static HeldBacklog found(
      Action action, Instant settledUntil, List<DecidedBacklog> decided, Instant heldAt) {
    try {
      return of(
          decided,
          settledUntil,
          MissedFires.missed(action, settledUntil, heldAt).map(Stretch::last));
    } catch (ContradictorySchedule e) {
      return NONE; // logged when the action is scheduled
    }
  }

  /** The part that {@code scheduledAt} lies in; empty behind all of them. */
  public Optional<Part> partOf(Instant scheduledAt) {
    for (Part part : parts) {
      if (!scheduledAt.isAfter(part.upTo())) {
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }

  /** The part without a decision; empty where there is none. */
  public Optional<Undecided> undecided() {
    if (parts.isEmpty() || parts.get(parts.size() - 1).decision().isPresent()) {
      return Optional.empty();
    }
    Instant after = parts.size() > 1 ? parts.get(parts.size() - 2).upTo() : Instant.MIN;
    return Optional.of(new Undecided(after, parts.get(parts.size() - 1).upTo()));
  }

  /**
   * The fires that wait for a decision: without one, and neither settled nor in retry.
   *
   * @param open the fire that was attempted, if there is one
   */
  public Optional<Undecided> undecided(Instant settledUntil, Optional<OpenFire> open) {
    Instant begun = open.map(OpenFire::scheduledAt).orElse(settledUntil);
    Instant done = begun.isAfter(settledUntil) ? begun : settledUntil;
    return undecided()
        .map(part -> part.after().isAfter(done) ? part : new Undecided(done, part.upTo()))
        .filter(part -> part.after().isBefore(part.upTo()));
  }

  /** Fires of ({@code after}, {@code upTo}] that wait for an operator. */
  public record Undecided(Instant after, Instant upTo) {}

  /** Whether {@code scheduledAt} waits for an operator. */
  public boolean isHeld(Instant scheduledAt) {
    return partOf(scheduledAt).filter(part -> part.decision().isEmpty()).isPresent();
  }

  /** The end of the dropped fires around {@code scheduledAt}; empty if it is not dropped. */
  public Optional<Instant> droppedUpTo(Instant scheduledAt) {
    return partOf(scheduledAt)
        .filter(part -> part.decision().equals(Optional.of(BacklogDecision.DROP)))
        .map(Part::upTo);
  }

  /** Whether an operator asked for {@code scheduledAt} to be delivered, whatever its row says. */
  public boolean isOrdered(Instant scheduledAt) {
    return partOf(scheduledAt)
        .flatMap(Part::decision)
        .filter(
            decision ->
                switch (decision) {
                  case DELIVER, MERGE -> true;
                  case DROP, RULE -> false;
                })
        .isPresent();
  }

  /** The same after {@code decision} on the undecided fires up to {@code upTo}. */
  public HeldBacklog decided(BacklogDecision decision, Instant upTo) {
    Optional<Undecided> undecided = undecided().filter(held -> upTo.isAfter(held.after()));
    if (undecided.isEmpty()) {
      return this;
    }
    Instant end = undecided.get().upTo();
    List<Part> now = new ArrayList<>(parts.subList(0, parts.size() - 1));
    now.add(new Part(upTo.isBefore(end) ? upTo : end, Optional.of(decision)));
    if (upTo.isBefore(end)) {
      now.add(new Part(end, Optional.empty()));
    }
    return new HeldBacklog(now);
  }
}
