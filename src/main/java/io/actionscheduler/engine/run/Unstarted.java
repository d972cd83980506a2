package io.actionscheduler.engine.run;

import io.actionscheduler.action.Overlap;
import io.actionscheduler.engine.record.FireLog;
import io.actionscheduler.engine.record.Recorder;
import io.actionscheduler.engine.record.RunHistory;
import io.actionscheduler.fire.CheckedTimes;
import io.actionscheduler.fire.Due;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;
import java.util.Optional;

/**
 * Settles fires that end without having started: expired, dropped by an operator, skipped, or
 * excluded by calendars. Confined to the engine's thread.
 */
public final class Unstarted {
  private final Recorder<ActionProgress> recorder;
  private final RunHistory history;
  private final FireLog log;
  private final Decisions decisions;

  public Unstarted(
      Recorder<ActionProgress> recorder, RunHistory history, FireLog log, Decisions decisions) {
    this.recorder = recorder;
    this.history = history;
    this.log = log;
    this.decisions = decisions;
  }

  /**
   * The fire of {@code progress} that starts now that it is its turn; what comes before it and is
   * too old, or excluded, is settled.
   */
  Optional<Fire> next(ActionProgress progress, Instant now) {
    exclude(progress, now);
    Due due = decisions.due(progress, now);
    if (due.expired().isPresent()) {
      expire(progress, due.expired().get(), now);
    }
    return due.fire();
  }

  /** These fires, the next ones of their action, were missed and are too old. */
  private void expire(ActionProgress progress, Stretch stretch, Instant now) {
    log.expired(progress.action(), progress.callback(), stretch);
    history.settled(progress.key(), progress.action(), Outcome.EXPIRED, stretch, now);
    settle(progress, Outcome.EXPIRED, stretch, now);
    exclude(progress, now);
    recorder.mark(progress);
  }

  /**
   * What an operator dropped, or a calendar excludes, needs no callback: it is settled as soon as
   * it is its turn.
   *
   * @param scheduledAt the next one of {@code progress}
   * @return whether it was settled
   */
  boolean ends(ActionProgress progress, Instant scheduledAt, Instant now) {
    return drop(progress, scheduledAt, now) || exclude(progress, now);
  }

  private boolean drop(ActionProgress progress, Instant scheduledAt, Instant now) {
    Optional<Stretch> dropped =
        progress
            .backlog()
            .droppedUpTo(scheduledAt)
            .flatMap(
                upTo ->
                    CheckedTimes.stretch(
                        progress.action().timing(), progress.startedUntil(), upTo));
    dropped.ifPresent(
        stretch -> {
          history.settled(progress.key(), progress.action(), Outcome.DROPPED, stretch, now);
          progress.settleUnstarted(Outcome.DROPPED, stretch);
          recorder.mark(progress);
        });
    return dropped.isPresent();
  }

  /** Settles the fires that come next and are excluded; false where there are none. */
  private boolean exclude(ActionProgress progress, Instant now) {
    if (!decisions.concern(progress.action())) {
      return false;
    }
    Stretch fires = decisions.excludedNext(progress, now).orElse(null);
    if (fires == null) {
      return false;
    }
    tellExcluded(progress, fires, now);
    progress.settleUnstarted(Outcome.EXCLUDED, fires);
    recorder.mark(progress);
    return true;
  }

  private void tellExcluded(ActionProgress progress, Stretch fires, Instant now) {
    String why = decisions.reason(progress.action(), fires.first());
    history.excluded(progress.key(), progress.action(), fires, why, now);
  }

  /** Settles the next fires, up to the last of {@code fires}; those that are excluded as such. */
  private void settle(ActionProgress progress, Outcome outcome, Stretch fires, Instant now) {
    if (!decisions.concern(progress.action())) {
      progress.settleUnstarted(outcome, fires);
      return;
    }
    for (Decisions.Part part :
        decisions.parts(progress.action(), outcome, progress.startedUntil(), fires.last())) {
      if (part.outcome() == Outcome.EXCLUDED) {
        tellExcluded(progress, part.fires(), now);
      }
      progress.settleUnstarted(part.outcome(), part.fires());
    }
  }

  /** The target has these fires, the next ones of {@code progress}. */
  void found(ActionProgress progress, Stretch fires) {
    if (decisions.concern(progress.action())) {
      decisions
          .parts(progress.action(), Outcome.DELIVERED, progress.settledUntil(), fires.last())
          .forEach(part -> progress.settle(part.outcome(), part.fires()));
    } else {
      progress.settle(Outcome.DELIVERED, fires);
    }
  }

  /** With {@code overlap: skip}, fires that were due while the one before them ran are skipped. */
  void skipOverrun(ActionProgress progress, Instant startedAt, Instant now) {
    if (progress.action().policy().overlap() != Overlap.SKIP
        || progress.overlaps()
        || progress.isSilent()) {
      return;
    }
    Instant settled = progress.settledUntil();
    MissedFires.overrun(decisions.kept(progress.action(), settled, now), settled, startedAt, now)
        .ifPresent(
            skipped -> {
              log.skipped(progress.action(), progress.callback(), skipped);
              history.settled(progress.key(), progress.action(), Outcome.SKIPPED, skipped, now);
              settle(progress, Outcome.SKIPPED, skipped, now);
            });
  }

  /**
   * Settles those that merged into {@code fire}, and those between them that are excluded.
   *
   * @return what is left to be settled
   */
  Fire settleMerged(Firing firing, Fire fire, Outcome outcome, Instant now) {
    if (fire.merged().isEmpty()
        || firing instanceof HandOver
        || !decisions.concern(fire.action())) {
      return fire;
    }
    ActionProgress progress = firing.progress();
    for (Decisions.Part part :
        decisions.parts(
            fire.action(),
            outcome.ofMerged(),
            fire.merged().get().first().minusNanos(1),
            fire.scheduledAt().minusNanos(1))) {
      if (firing != progress) {
        progress.settleMergedBeside(part.outcome(), part.fires());
      } else if (progress.settledUntil().isBefore(part.fires().last())) {
        progress.settle(part.outcome(), part.fires());
      } else {
        continue; // after an edit meanwhile, progress is the edit's moment
      }
      if (part.outcome() == Outcome.EXCLUDED) {
        tellExcluded(progress, part.fires(), now);
      }
    }
    return fire.alone();
  }
}
