package io.actionscheduler.engine.run;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.engine.record.RecordedProgress;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.HeldBacklog;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.schedule.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One action at one callback: how far its fires are settled there, and which is under way. There
 * may be a million of them, so it holds references only. Confined to the engine's thread once its
 * action has begun.
 */
public final class ActionProgress extends RecordedProgress implements Firing {
  private ActionProgress sibling; // the same action at a further callback, or null

  private boolean faulty;
  private boolean queued;
  private boolean running;
  private boolean runningMissed;
  private OpenFire open; // attempted and not settled, or null: most never have one
  private FiresBeside beside; // null where fires do not overlap
  private HeldBacklog backlog = HeldBacklog.NONE;
  private PendingEdit pendingEdit; // null for none; nothing new starts meanwhile

  public ActionProgress(Action action, String callback) {
    super(action, callback);
  }

  /** The same action at a further callback, or null. */
  public ActionProgress sibling() {
    return sibling;
  }

  public void link(ActionProgress sibling) {
    this.sibling = sibling;
  }

  @Override
  public ActionProgress progress() {
    return this;
  }

  // ---- what is settled

  /** Continues from the progress that an earlier run stored. */
  @Override
  public void resume(Progress kept) {
    super.resume(kept);
    open = kept.open().orElse(null);
  }

  /** The fire under way, and those that merged into it, are settled. */
  @Override
  public void settle(Fire fire, Outcome outcome) {
    open = null;
    // After an edit of the schedule while this fire was under way, progress is the edit's moment.
    if (!isSettledAt(fire.scheduledAt())) {
      fire.merged().ifPresent(merged -> settle(outcome.ofMerged(), merged));
      settle(outcome, fire.scheduledAt());
    }
  }

  // ---- what is under way

  @Override
  public OpenFire open() {
    return open;
  }

  @Override
  public void keepOpen(OpenFire open) {
    this.open = open;
  }

  /**
   * Forgets the fire in retry, if there is one: it is not tried again, and is settled otherwise.
   */
  public void dropOpen() {
    open = null;
  }

  @Override
  public boolean isQueued() {
    return queued;
  }

  @Override
  public void enqueued() {
    queued = true;
  }

  @Override
  public void dequeued() {
    queued = false;
  }

  /** Whether its callback has the fire now that others may run beside. */
  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public void ended() {
    running = false;
  }

  /** Whether its callback has any fire of it now. */
  public boolean isAnyRunning() {
    return running || beside().stream().anyMatch(FireBeside::isRunning);
  }

  /** Whether a fire of it is under way or in retry. */
  public boolean isBusy() {
    return running || open != null || beside != null;
  }

  /** The moment up to which every scheduled time is settled, or has started. */
  Instant startedUntil() {
    return beside == null ? settledUntil() : beside.startedUntil();
  }

  /**
   * The first scheduled time that has not started, or empty for none.
   *
   * @throws io.actionscheduler.fire.ContradictorySchedule when the schedule gives no sound answer
   */
  Optional<Instant> next() {
    long after = beside == null ? settledMicros() : Micros.of(beside.startedUntil());
    return nextTime(action().timing(), after);
  }

  /** How many fires of it are under way or in retry. */
  int unsettled() {
    return (running || open != null ? 1 : 0) + beside().size();
  }

  /** Those of {@link #unsettled} that were missed. */
  int unsettledMissed() {
    int main = running && runningMissed || open != null && open.cause() == Cause.CATCH_UP ? 1 : 0;
    return beside == null
        ? main
        : main + (int) beside().stream().filter(FireBeside::isMissed).count();
  }

  /** Whether nothing after {@link #settledUntil} has started or has an outcome yet. */
  public boolean isAlone() {
    return !running && open == null && beside == null;
  }

  boolean overlaps() {
    return beside != null;
  }

  /** A fire starts, for the first time or again; others may run at the same time from now on. */
  @Override
  public void started(Fire fire) {
    running = true;
    runningMissed = fire.cause() == Cause.CATCH_UP;
    if (action().policy().overlap() == Overlap.ALLOW && beside == null && pendingEdit == null) {
      // A fire in retry may belong to a schedule that was edited since: progress is the edit's
      // moment.
      beside =
          new FiresBeside(
              fire.scheduledAt().isAfter(settledUntil()) ? fire.scheduledAt() : settledUntil());
    }
  }

  /** The next fire starts: alone, or at the same time as those that are under way. */
  Firing start(Fire fire) {
    if (isAlone()) {
      started(fire);
      return this;
    }
    FireBeside other = FireBeside.of(this, fire);
    beside.start(other);
    other.started(fire);
    return other;
  }

  /** These fires, the next ones, end without having started. */
  void settleUnstarted(Outcome outcome, Stretch stretch) {
    if (beside == null) {
      settle(outcome, stretch);
    } else {
      beside.settle(outcome, stretch);
    }
  }

  /** These fires merged into a concurrent one, which is settled next. */
  void settleMergedBeside(Outcome outcome, Stretch merged) {
    beside.settleMerged(outcome, merged);
  }

  void settleBeside(Fire fire, Outcome outcome) {
    beside.settle(fire, outcome, outcome.ofMerged());
  }

  /** Moves past concurrent fires that are settled; false where there are none. */
  public boolean absorb() {
    if (beside == null || open != null || running) {
      return false;
    }
    beside.absorbInto(this);
    beside = beside.isEmpty() ? null : beside;
    return true;
  }

  /** Settles all concurrent fires that ended; see {@link FiresBeside#takeEnded}. */
  public void takeEnded(Consumer<Instant> between) {
    if (beside != null) {
      beside.takeEnded(this, between);
    }
  }

  /** The concurrent fires that are unsettled. */
  List<FireBeside> beside() {
    return beside == null ? List.of() : beside.unsettled();
  }

  /** Takes over the unsettled fires of {@code other}, whose action has another callback now. */
  public void inherit(ActionProgress other) {
    begin(other.settledUntil());
    open = other.open;
    backlog = other.backlog;
    beside = other.beside == null ? null : other.beside.movedTo(this);
    other.open = null;
  }

  /** The clock was set back by {@code step}: moments that are waited for move back with it. */
  public void clockSetBack(Duration step) {
    setBack(step);
    beside().forEach(fire -> fire.setBack(step));
  }

  // ---- what a start held for an operator

  /** What a start held of it, and what was decided of that. */
  HeldBacklog backlog() {
    return backlog;
  }

  /** Has what {@code held} says hold for it. */
  void hold(HeldBacklog held) {
    backlog = held;
  }

  // ---- edits

  /** The edit that waits for what is under way, or null. */
  public PendingEdit pendingEdit() {
    return pendingEdit;
  }

  /** Nothing new starts until {@code edit} is taken over. */
  public void defer(PendingEdit edit) {
    pendingEdit = edit;
  }

  public void clearPendingEdit() {
    pendingEdit = null;
  }

  // ---- whether it may fire, and what is stored

  /** Its schedule contradicts itself: nothing fires until an edit gives it another one. */
  public void markFaulty() {
    faulty = true;
  }

  public void clearFault() {
    faulty = false;
  }

  public boolean isFaulty() {
    return faulty;
  }

  @Override
  public boolean isSilent() {
    return isRetired() || faulty || isPaused();
  }

  @Override
  public boolean isUnneeded() {
    return isRetired();
  }
}
