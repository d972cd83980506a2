package io.actionscheduler.engine.run;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.engine.clock.Timers;
import io.actionscheduler.fire.BacklogDecision;
import io.actionscheduler.fire.BacklogHold;
import io.actionscheduler.fire.CheckedTimes;
import io.actionscheduler.fire.ContradictorySchedule;
import io.actionscheduler.fire.DecidedBacklog;
import io.actionscheduler.fire.HeldBacklog;
import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Stretch;
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
 * The missed fires of a start that an operator decides on before they go out. An action with such
 * fires is silent until then, so that its fires keep their order; the others fire as ever. Where
 * nobody decides in time, each goes on by the rule of its row. Confined to the engine's thread.
 */
public final class Backlog {
  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

  private final Optional<Duration> limit;
  private final Timers timers;
  private final FirePath path;
  private final Map<ProgressKey, ActionProgress> held = new LinkedHashMap<>();
  private BacklogHold hold; // null while nothing is held
  private long untold;
  private long untoldFires;

  /**
   * @param limit how long fires are held at most; empty: none are
   */
  public Backlog(Optional<Duration> limit, Timers timers, FirePath path) {
    this.limit = requireNonNull(limit, "limit is null");
    this.timers = requireNonNull(timers, "timers is null");
    this.path = requireNonNull(path, "path is null");
  }

  /**
   * {@code progress} goes on from an earlier run, and is not scheduled yet.
   *
   * @param decided what is kept of decisions on it
   */
  public void begin(ActionProgress progress, List<DecidedBacklog> decided, Instant now) {
    if (limit.isEmpty() && decided.isEmpty() || progress.isSilent()) {
      return;
    }
    Optional<Stretch> missed = limit.isEmpty() ? Optional.empty() : missed(progress, now);
    progress.hold(HeldBacklog.of(decided, progress.settledUntil(), missed.map(Stretch::last)));
    undecided(progress)
        .ifPresent(
            waiting -> {
              held.put(progress.key(), progress);
              untold++;
              untoldFires +=
                  CheckedTimes.count(progress.action().timing(), waiting.after(), waiting.upTo());
            });
  }

  private static Optional<Stretch> missed(ActionProgress progress, Instant now) {
    try {
      return MissedFires.missed(progress.action(), progress.settledUntil(), now);
    } catch (ContradictorySchedule e) {
      return Optional.empty(); // it is told when it is scheduled
    }
  }

  /**
   * All of a source has begun that was missed by {@code now}: the time to decide runs from here.
   */
  public void begun(Instant now) {
    if (untold == 0) {
      return;
    }
    BacklogHold begun = new BacklogHold(now, now.plus(limit.orElseThrow()));
    hold = begun;
    List<ActionProgress> these = List.copyOf(held.values());
    timers.add(begun.until(), then -> release(these, then));
    LOG.warn(
        "a backlog of {} missed fires of {} actions is held until {}: deliver, merge or drop them on"
            + " the page, or with: backlog decide; what is not decided by then goes on by its row",
        untoldFires,
        untold,
        begun.until());
    untold = 0;
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
          "nobody decided on the backlog of {} actions in time: it goes on by their rows",
          released);
    }
  }

  /**
   * What an operator decided; on what is not held, nothing happens.
   *
   * @return those that were held
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

  /** What is held now; empty for nothing. */
  public Optional<BacklogHold> hold() {
    held.values().removeIf(progress -> !isHeld(progress));
    if (held.isEmpty()) {
      hold = null;
    }
    return Optional.ofNullable(hold);
  }

  /** Those of which fires are held. */
  public Collection<ActionProgress> held() {
    return hold().isEmpty() ? List.of() : held.values();
  }

  /** The clock was set back by {@code step}: nobody waits longer for that. */
  public void clockSetBack(Duration step) {
    if (hold != null) {
      hold = new BacklogHold(hold.heldAt(), hold.until().minus(step));
    }
  }

  /**
   * Whether fires of {@code progress} up to {@code upTo} are held: a decision may be an old one.
   */
  private static boolean isHeld(ActionProgress progress, Instant upTo) {
    return !progress.isSilent()
        && undecided(progress).filter(held -> upTo.isAfter(held.after())).isPresent();
  }

  private static boolean isHeld(ActionProgress progress) {
    return !progress.isSilent() && undecided(progress).isPresent();
  }

  /** What of {@code progress} waits for an operator, fires in retry left out. */
  public static Optional<HeldBacklog.Undecided> undecided(ActionProgress progress) {
    return progress
        .backlog()
        .undecided()
        .map(
            held ->
                new HeldBacklog.Undecided(
                    later(held.after(), later(progress.settledUntil(), begun(progress))),
                    held.upTo()))
        .filter(held -> held.after().isBefore(held.upTo()));
  }

  private static Instant begun(ActionProgress progress) {
    return progress.open() == null ? Instant.MIN : progress.open().scheduledAt();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
