package io.actionscheduler.engine.run;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.engine.clock.Timers;
import io.actionscheduler.fire.BacklogDecision;
import io.actionscheduler.fire.BacklogHold;
import io.actionscheduler.fire.CheckedTimes;
import io.actionscheduler.fire.ContradictorySchedule;
import io.actionscheduler.fire.DecidedBacklog;
import io.actionscheduler.fire.HeldBacklog;
import io.actionscheduler.fire.ProgressKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The missed fires of a start that wait for the decision of an operator. Until then their action
 * does not fire at all, so that its fires keep their order; other actions fire as usual. Fires that
 * nobody decides on in time follow the rule of their row. Confined to the engine's thread.
 */
public final class Backlog {
  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

  private final Optional<Duration> limit;
  private final Timers timers;
  private final FirePath path;
  private final Map<ProgressKey, ActionProgress> held = new LinkedHashMap<>();
  private final List<Hold> holds = new ArrayList<>(); // in the order in which sources began
  private final List<ActionProgress> beginning = new ArrayList<>(); // of the source that begins now
  private long untoldFires; // of these

  /** The fires of one source that are held. */
  private record Hold(BacklogHold time, List<ActionProgress> of) {}

  /**
   * @param limit how long fires are held at most; empty: no fires are held
   */
  public Backlog(Optional<Duration> limit, Timers timers, FirePath path) {
    this.limit = requireNonNull(limit, "limit is null");
    this.timers = requireNonNull(timers, "timers is null");
    this.path = requireNonNull(path, "path is null");
  }

  /**
   * Holds the missed fires of {@code progress}, which continues from an earlier run of the
   * scheduler and is not scheduled yet.
   *
   * @param decided the stored decisions on it
   */
  public void begin(ActionProgress progress, List<DecidedBacklog> decided, Instant now) {
    if (limit.isEmpty() && decided.isEmpty() || progress.isSilent()) {
      return;
    }
    Instant settled = progress.settledUntil();
    progress.hold(
        limit.isEmpty()
            ? HeldBacklog.of(decided, settled, Optional.empty())
            : HeldBacklog.found(progress.action(), settled, decided, now));
    undecided(progress).ifPresent(waiting -> hold(progress, waiting));
  }

  private void hold(ActionProgress progress, HeldBacklog.Undecided waiting) {
    try {
      untoldFires +=
          CheckedTimes.count(progress.action().timing(), waiting.after(), waiting.upTo());
      held.put(progress.key(), progress);
      beginning.add(progress);
    } catch (ContradictorySchedule e) {
      progress.hold(HeldBacklog.NONE); // logged when the action is scheduled
    }
  }

  /**
   * Every action of a source has begun, with the fires missed by {@code now}: the time to decide on
   * them starts.
   */
  public void begun(Instant now) {
    if (beginning.isEmpty()) {
      return;
    }
    BacklogHold begun = new BacklogHold(now, now.plus(limit.orElseThrow()));
    List<ActionProgress> these = List.copyOf(beginning);
    holds.add(new Hold(begun, these));
    timers.add(begun.until(), then -> release(these, then));
    LOG.warn(
        "a backlog of {} missed fires of {} actions is held until {}: deliver, merge or drop them on"
            + " the page, or with: backlog decide; without a decision they continue by the rules of"
            + " their rows",
        untoldFires,
        these.size(),
        begun.until());
    beginning.clear();
    untoldFires = 0;
  }

  private void release(List<ActionProgress> these, Instant now) {
    long released = 0;
    for (ActionProgress progress : these) {
      if (isHeld(progress)) {
        decide(progress, BacklogDecision.RULE, Instant.MAX, now);
        released++;
      }
    }
    if (released > 0) {
      LOG.warn(
          "nobody decided on the backlog of {} actions in time: it continues by the rules of their"
              + " rows",
          released);
    }
  }

  /**
   * Carries out decisions of an operator. A decision on fires that are not held has no effect.
   *
   * @return the decisions that had an effect
   */
  public List<DecidedBacklog> decide(Collection<DecidedBacklog> decisions, Instant now) {
    List<DecidedBacklog> taken = new ArrayList<>();
    for (DecidedBacklog decision : decisions) {
      ActionProgress progress = held.get(decision.key());
      if (progress != null && isHeld(progress, decision.upTo())) {
        decide(progress, decision.decision(), decision.upTo(), now);
        taken.add(decision);
      }
    }
    return taken;
  }

  private void decide(
      ActionProgress progress, BacklogDecision decision, Instant upTo, Instant now) {
    HeldBacklog decided = progress.backlog().decided(decision, upTo);
    progress.hold(decided);
    if (decided.undecided().isEmpty()) {
      held.remove(progress.key());
    }
    path.resume(progress, now);
  }

  /**
   * Since when and until when fires are held; empty while none are. Where sources began at
   * different times, their fires are held until different times: since the latest beginning, until
   * the first end.
   */
  public Optional<BacklogHold> hold() {
    held.values().removeIf(progress -> !isHeld(progress));
    holds.removeIf(hold -> hold.of().stream().noneMatch(one -> held.containsKey(one.key())));
    return holds.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new BacklogHold(
                holds.get(holds.size() - 1).time().heldAt(), holds.get(0).time().until()));
  }

  /** The actions of which fires are held. */
  public Collection<ActionProgress> held() {
    return hold().isEmpty() ? List.of() : held.values();
  }

  /** The clock was set back by {@code step}: fires are not held for longer because of it. */
  public void clockSetBack(Duration step) {
    holds.replaceAll(
        hold ->
            new Hold(
                new BacklogHold(hold.time().heldAt(), hold.time().until().minus(step)), hold.of()));
  }

  /**
   * Whether fires of {@code progress} up to {@code upTo} are held. A decision may be an old one, on
   * fires that are not.
   */
  private static boolean isHeld(ActionProgress progress, Instant upTo) {
    return !progress.isSilent()
        && undecided(progress).filter(held -> upTo.isAfter(held.after())).isPresent();
  }

  private static boolean isHeld(ActionProgress progress) {
    return !progress.isSilent() && undecided(progress).isPresent();
  }

  /** The fires of {@code progress} that wait for an operator, without one in retry. */
  public static Optional<HeldBacklog.Undecided> undecided(ActionProgress progress) {
    return progress
        .backlog()
        .undecided(progress.settledUntil(), Optional.ofNullable(progress.open()));
  }
}
