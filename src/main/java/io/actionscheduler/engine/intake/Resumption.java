package io.actionscheduler.engine.intake;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.engine.run.PendingEdit;
import io.actionscheduler.fire.ClosedLedger;
import io.actionscheduler.fire.ContradictorySchedule;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.Moments;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Continues the actions of a source from the progress that earlier runs stored, some actions at a
 * time. Confined to the engine's thread.
 */
final class Resumption {
  // So many take some milliseconds: a million of them do not delay fires of other sources.
  static final int AT_ONCE = 1_000;

  private final StoredStart stored;
  private final SourceStart start;
  private final IntakeParts parts;
  private final NewActions newActions;
  private final WithoutCallback waiting;
  private final StoredFirst storedFirst;
  private final StartReport report;
  private final Iterator<ActionProgress> chains;
  private final Iterator<Action> without; // without a callback
  private final Set<ActionId> unknown = new HashSet<>(); // of these

  Resumption(
      StoredStart stored,
      IntakeParts parts,
      NewActions newActions,
      WithoutCallback withoutCallback,
      StoredFirst storedFirst,
      StartReport report) {
    this.stored = stored;
    this.start = stored.start();
    this.parts = parts;
    this.newActions = newActions;
    this.waiting = withoutCallback;
    this.storedFirst = storedFirst;
    this.report = report;
    this.chains = stored.chains().iterator();
    this.without = stored.withoutCallback().iterator();
  }

  /**
   * Continues with the next actions: schedules those that may fire, marks those that must be
   * stored.
   *
   * @return whether more are left
   */
  boolean step(Instant now) {
    for (int i = 0; i < AT_ONCE && without.hasNext(); i++) {
      keep(without.next());
    }
    if (without.hasNext()) {
      return true;
    }
    for (int i = 0; i < AT_ONCE && chains.hasNext(); i++) {
      begin(chains.next(), now);
    }
    if (chains.hasNext()) {
      return true;
    }
    Iterator<Map.Entry<ActionId, List<Progress>>> left =
        stored.allUnmatched().entrySet().iterator();
    for (int i = 0; i < AT_ONCE && left.hasNext(); i++) {
      Map.Entry<ActionId, List<Progress>> next = left.next();
      left.remove();
      endIfGone(next.getKey(), next.getValue());
    }
    if (left.hasNext()) {
      return true;
    }
    endDeadLetters(now);
    parts.backlog().begun(now);
    storedFirst.complete();
    return false;
  }

  private void keep(Action action) {
    unknown.add(action.id());
    List<Progress> progress = stored.takeUnmatched(action.id());
    List<DeadLetter> letters = stored.takeDeadLetters(action.id());
    waiting.put(new WithoutCallback.Stored(action, progress, letters, start.timings()));
    report.withoutCallback(action);
  }

  private void begin(ActionProgress chain, Instant now) {
    parts.actions().put(chain);
    for (ActionProgress one = chain; one != null; one = one.sibling()) {
      Progress kept = stored.takeChanged(one);
      resume(one, kept, now);
      hold(one, now);
      report.look(one, now);
      if (one.isNew() && kept != null) {
        storedFirst.awaitEdited(one);
      } else if (one.isNew()) {
        storedFirst.await(one);
      } else {
        parts.actions().schedule(one, now);
      }
    }
    for (DeadLetter letter : stored.takeDeadLetters(chain.action().id())) {
      parts.path().resume(chain, letter, now);
    }
  }

  private void hold(ActionProgress progress, Instant now) {
    stored
        .decisions(progress.key())
        .ifPresent(decided -> parts.backlog().begin(progress, decided, now));
  }

  /**
   * @param kept its stored form, where that does not match its row; else null
   */
  private void resume(ActionProgress progress, Progress kept, Instant now) {
    boolean seenFirst = false;
    if (kept != null) {
      resumeChanged(progress, kept, now);
    } else if (!progress.hasBegun() && !inherits(progress)) {
      seenFirst = true;
    }
    Instant nextRun = start.nextRuns().times().get(progress.action().id());
    if (nextRun == null || !takeOver(progress, nextRun, seenFirst)) {
      if (seenFirst) {
        newActions.begin(progress, start.readings());
      }
    }
  }

  private void resumeChanged(ActionProgress progress, Progress kept, Instant now) {
    progress.resume(kept);
    Action action = progress.action();
    Optional<Timing> old = timing(kept, action);
    boolean rescheduled = old.isEmpty() || !old.get().firesLike(action.timing());
    // The stored progress belongs to the schedule that was in force.
    old.ifPresentOrElse(timing -> progress.use(action.with(timing)), progress::dropOpen);
    if (kept.open().filter(open -> open.givenUp()).isPresent() && old.isPresent()) {
      parts.path().resume(progress, parts.settlement().release(progress, now), now);
    }
    if (kept.paused() && !progress.isPaused()) {
      old.ifPresent(timing -> parts.edits().resume(progress, timing, start.readAt()));
    } else if (progress.isPaused()) {
      parts.edits().pause(progress, start.readAt());
    }
    if (!rescheduled) {
      progress.use(action);
    } else if (progress.open() == null) {
      reschedule(progress, action, old, kept);
    } else { // it has started, and its retries come first
      progress.defer(new PendingEdit(action, NewActions.notice(action, start.readings())));
    }
    if (isToBeStored(progress, kept, rescheduled)) {
      parts.recorder().mark(progress);
    } else {
      progress.activate();
    }
  }

  private static boolean isToBeStored(ActionProgress progress, Progress kept, boolean rescheduled) {
    return rescheduled && progress.pendingEdit() == null
        || kept.paused() != progress.isPaused()
        || !progress.action().timing().isStoredAs(kept.cron(), kept.zone());
  }

  private Optional<Timing> timing(Progress kept, Action action) {
    Timing now = action.timing();
    return now.isStoredAs(kept.cron(), kept.zone())
        ? Optional.of(now)
        : start.timings().read(kept.cron(), kept.zone());
  }

  private void reschedule(
      ActionProgress progress, Action action, Optional<Timing> old, Progress kept) {
    if (old.isPresent() && action.timing().differsByLawFrom(old.get())) {
      progress.use(action);
      progress.changeLaw(old.get());
      report.lawChanged(action, old.get());
      return;
    }
    Instant settled = progress.settledUntil();
    Instant at = Moments.later(settled, start.readAt());
    if (old.isPresent()) {
      long unstarted = parts.edits().supersede(progress, old.get(), at);
      report.rescheduled(action, old.get(), unstarted);
    } else {
      progress.endVersion(kept.cron(), kept.zone(), at);
    }
    progress.use(action);
    progress.begin(Edits.beginOf(old, settled, at, NewActions.notice(action, start.readings())));
    newActions.edited(action, start.readings());
  }

  /** Whether its callback replaced another one, whose progress it then continues. */
  private boolean inherits(ActionProgress progress) {
    List<Progress> left = stored.unmatched(progress.action().id());
    if (left.isEmpty()) {
      return false;
    }
    Progress from = left.remove(0);
    Optional<Timing> old = timing(from, progress.action());
    boolean afresh =
        old.isEmpty()
            || !old.get().firesLike(progress.action().timing())
            || (from.paused() && !progress.isPaused());
    Instant at = afresh ? Moments.later(from.settledUntil(), start.readAt()) : from.settledUntil();
    parts.recorder().forget(from.key(), Optional.of(closed(from, at)));
    progress.begin(at);
    if (!afresh && !progress.isPaused()) {
      from.open().filter(open -> !open.givenUp()).ifPresent(progress::keepOpen);
    }
    parts.recorder().mark(progress);
    return true;
  }

  /** Stored progress of {@code id} at callbacks that its action no longer names. */
  private void endIfGone(ActionId id, List<Progress> left) {
    if (start.isGone(id)) {
      left.forEach(
          kept -> parts.recorder().forget(kept.key(), Optional.of(closed(kept, start.readAt()))));
    }
  }

  private void endDeadLetters(Instant now) {
    stored
        .allDeadLetters()
        .forEach(
            (id, letters) -> {
              if (start.isGone(id) && !unknown.contains(id)) {
                letters.forEach(letter -> parts.settlement().actionGone(letter, now));
              }
            });
  }

  /** The ledger of progress that ends at {@code at}: fires that are unsettled then never start. */
  private ClosedLedger closed(Progress kept, Instant at) {
    return ClosedLedger.of(
        kept,
        start.timings().read(kept.cron(), kept.zone()).map(Timing::schedule),
        kept.paused() ? Outcome.PAUSED : Outcome.SUPERSEDED,
        at);
  }

  /** The first fire that counts is the one that the Python program would have made next. */
  private boolean takeOver(ActionProgress progress, Instant nextRun, boolean seenFirst) {
    Timing timing = progress.action().timing();
    Instant from;
    try {
      from = Takeover.progress(timing, nextRun, start.readAt(), start.nextRuns().there());
    } catch (ContradictorySchedule e) {
      return false; // it is logged when it is scheduled
    }
    if (!seenFirst && progress.isSettledAt(from)) {
      return false;
    }
    report.takenOver(progress.action(), nextRun);
    if (!seenFirst) {
      progress.endVersion(timing.text(), timing.storedZone(), progress.settledUntil());
    }
    progress.begin(from);
    parts.recorder().mark(progress);
    return true;
  }
}
