package io.actionscheduler.engine.intake;

import io.actionscheduler.action.Action;
import io.actionscheduler.engine.record.Recorder;
import io.actionscheduler.engine.record.RunHistory;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.engine.run.PendingEdit;
import io.actionscheduler.engine.run.PendingEdit.Notice;
import io.actionscheduler.engine.run.Settlement;
import io.actionscheduler.fire.CheckedTimes;
import io.actionscheduler.fire.ContradictorySchedule;
import io.actionscheduler.fire.Moments;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applies edits of an action to its progress. New values apply to every later attempt at once. A
 * new schedule or callback applies to fires that had not started when the edit was noticed; while a
 * fire is under way, such an edit waits for it. Confined to the engine's thread.
 */
public final class Edits {
  private final Actions actions;
  private final Settlement settlement;
  private final Recorder<ActionProgress> recorder;
  private final RunHistory history;
  private final Superseded superseded = new Superseded("schedules changed");

  public Edits(
      Actions actions,
      Settlement settlement,
      Recorder<ActionProgress> recorder,
      RunHistory history) {
    this.actions = actions;
    this.settlement = settlement;
    this.recorder = recorder;
    this.history = history;
  }

  /** Logs the fires that edits have superseded since the previous call. */
  void tellSuperseded() {
    superseded.tell();
  }

  /** Applies an edit of an existing action. */
  void change(Action action, Notice notice, Instant now) {
    List<ActionProgress> kept = new ArrayList<>();
    List<ActionProgress> leaving = new ArrayList<>();
    actions.of(action.id()).forEach(one -> (one.goesTo(action) ? kept : leaving).add(one));
    kept.forEach(progress -> edit(progress, action, notice, now));
    if (leaving.stream().anyMatch(ActionProgress::isAnyRunning)) {
      // A fire that a callback has now must not be delivered to another one as well.
      leaving.forEach(progress -> defer(progress, action, since(progress, action, notice)));
      return;
    }
    List<ActionProgress> arriving = actions.replace(action, kept);
    for (int i = 0; i < arriving.size(); i++) {
      ActionProgress progress = arriving.get(i);
      progress.begin(notice.at());
      if (i < leaving.size()) {
        ActionProgress from = leaving.get(i);
        inherit(progress, from, since(from, action, notice));
      }
      recorder.mark(progress);
    }
    for (int i = arriving.size(); i < leaving.size(); i++) {
      supersede(leaving.get(i), leaving.get(i).action().timing(), notice.at());
    }
    leaving.forEach(this::retire);
  }

  /** An attempt has ended; an edit of its action may have waited for that. */
  public void attempted(ActionProgress progress, Instant now) {
    PendingEdit edit = progress.pendingEdit();
    if (edit == null || progress.isRetired()) {
      return;
    }
    if (progress.goesTo(edit.action())) {
      edit(progress, edit.action(), edit.notice(), now);
    } else if (!progress.isAnyRunning()) {
      change(edit.action(), edit.notice(), now);
    }
  }

  /** The action was removed. */
  void remove(ActionProgress progress, Instant noticedAt) {
    supersede(progress, progress.action().timing(), noticedAt);
    retire(progress);
  }

  private void edit(ActionProgress progress, Action action, Notice notice, Instant now) {
    Notice since = since(progress, action, notice);
    Timing old = progress.action().timing();
    boolean rescheduled = progress.isFaulty() || !old.firesLike(action.timing());
    boolean paused = progress.isPaused();
    boolean enabled = action.policy().enabled();
    if (!enabled && !paused) {
      progress.use(action.with(old));
      settlement.dropRetries(progress, notice.at());
    }
    if (progress.isBusy() && (rescheduled || paused && enabled)) {
      // Running fires belong to the old schedule and are recorded there; no more of them start.
      if (!paused) {
        progress.use(action.with(old));
      }
      defer(progress, action, since);
      return;
    }
    progress.clearPendingEdit();
    boolean renamed =
        !action.timing().equals(old); // possibly the same times written in another way
    if (renamed || rescheduled || !enabled) {
      actions.unschedule(progress);
    }
    if (paused && (enabled || rescheduled)) {
      settleUpTo(progress, old, since.at(), Outcome.PAUSED);
    }
    progress.use(action);
    if (rescheduled) {
      reschedule(progress, old, since);
    }
    if (renamed || rescheduled || paused == enabled) {
      recorder.mark(progress);
    }
    if (!progress.isNew()) {
      actions.schedule(progress, now);
    }
  }

  /** The schedule of {@code progress} was {@code old} and has changed. */
  private void reschedule(ActionProgress progress, Timing old, Notice since) {
    if (progress.action().timing().differsByLawFrom(old)) {
      progress.clearFault();
      progress.changeLaw(old);
      return;
    }
    Instant settled = progress.settledUntil();
    long unstarted = supersede(progress, old, since.at());
    superseded.add(progress.action(), old, unstarted);
    progress.clearFault();
    progress.begin(beginOf(Optional.of(old), settled, progress.settledUntil(), since));
  }

  /**
   * When the new schedule begins: after everything that is settled of the old one. A date since the
   * previous reading still fires, unless the old schedule had the same time and it is settled.
   *
   * @param old empty where it cannot be read any more
   */
  static Instant beginOf(Optional<Timing> old, Instant settled, Instant now, Notice since) {
    return since
        .pastDate()
        .filter(date -> date.isAfter(settled) || old.filter(timing -> has(timing, date)).isEmpty())
        .map(date -> date.minusNanos(1_000))
        .orElse(Moments.later(now, since.at()));
  }

  private static boolean has(Timing timing, Instant at) {
    return timing.schedule().previous(at).filter(at::equals).isPresent();
  }

  private void defer(ActionProgress progress, Action action, Notice since) {
    actions.unschedule(progress);
    progress.defer(new PendingEdit(action, since));
  }

  /** From when an edit counts: the moment of an earlier waiting edit that says the same. */
  private static Notice since(ActionProgress progress, Action action, Notice notice) {
    PendingEdit pending = progress.pendingEdit();
    return pending != null
            && pending.action().timing().equals(action.timing())
            && pending.action().policy().enabled() == action.policy().enabled()
        ? pending.notice()
        : notice;
  }

  /** Pauses an action: its fires that wait are dropped, and times from now on do not fire. */
  void pause(ActionProgress progress, Instant at) {
    settlement.dropRetries(progress, at);
  }

  /** Resumes an action from {@code at}: times while it was paused do not fire. */
  void resume(ActionProgress progress, Timing timing, Instant at) {
    settlement.dropRetries(progress, at);
    settleUpTo(progress, timing, at, Outcome.PAUSED);
  }

  /**
   * Ends its schedule at {@code at}: times that have not started by then do not fire.
   *
   * @return how many fires these are
   */
  long supersede(ActionProgress progress, Timing old, Instant at) {
    long unstarted = settleUpTo(progress, old, at, Outcome.SUPERSEDED);
    progress.endVersion(old.text(), old.storedZone(), Moments.later(progress.settledUntil(), at));
    return unstarted;
  }

  private long settleUpTo(ActionProgress progress, Timing timing, Instant at, Outcome outcome) {
    long[] settled = {0};
    progress.takeEnded(until -> settled[0] += settleRest(progress, timing, until, outcome));
    return settled[0] + settleRest(progress, timing, at, outcome);
  }

  private long settleRest(ActionProgress progress, Timing timing, Instant at, Outcome outcome) {
    Optional<Stretch> rest;
    try {
      rest = CheckedTimes.stretch(timing, progress.settledUntil(), at);
    } catch (ContradictorySchedule e) {
      return 0; // its times cannot be computed
    }
    rest.ifPresent(
        stretch -> {
          progress.settle(outcome, stretch);
          history.settled(progress.key(), progress.action(), outcome, stretch, at);
        });
    return rest.map(Stretch::count).orElse(0L);
  }

  /** One callback replaced another: unsettled fires go to the new one. */
  private void inherit(ActionProgress progress, ActionProgress from, Notice since) {
    Timing old = from.action().timing();
    boolean rescheduled = from.isFaulty() || !old.firesLike(progress.action().timing());
    if (from.isPaused() && (rescheduled || !progress.isPaused())) {
      settleUpTo(from, old, since.at(), Outcome.PAUSED);
    } else if (progress.isPaused()) {
      settlement.dropRetries(from, since.at());
    }
    if (rescheduled) {
      Instant settled = from.settledUntil();
      supersede(from, old, since.at());
      progress.begin(beginOf(Optional.of(old), settled, from.settledUntil(), since));
      return;
    }
    progress.inherit(from);
    from.endVersion(old.text(), old.storedZone(), from.settledUntil());
  }

  private void retire(ActionProgress progress) {
    progress.retire();
    actions.unschedule(progress);
    recorder.forget(progress.key(), progress.takeClosed());
  }
}
