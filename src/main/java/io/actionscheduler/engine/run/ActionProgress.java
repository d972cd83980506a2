package io.actionscheduler.engine.run;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.engine.record.RecordedProgress;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.HeldBacklog;
import io.actionscheduler.fire.Moments;
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
  private static final int FAULTY = FREE;
  private static final int QUEUED = FREE << 1;
  private static final int RUNNING = FREE << 2;
  private static final int RUNNING_MISSED = FREE << 3;
  private RareParts rare = RareParts.NONE;

  public ActionProgress(Action action, String callback) {
    super(action, callback);
  }

  /** The same action at a further callback, or null. */
  public ActionProgress sibling() {
    return rare.sibling();
  }

  public void link(ActionProgress sibling) {
    rare = rare.with(sibling);
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
    keepOpen(kept.open().orElse(null));
  }

  /** The fire under way, and those that merged into it, are settled. */
  @Override
  public void settle(Fire fire, Outcome outcome) {
    dropOpen();
    // After an edit of the schedule while this fire was under way, progress is the edit's moment.
    if (!isSettledAt(fire.scheduledAt())) {
      if (fire.merged().isPresent()) {
        settle(outcome.ofMerged(), fire.merged().get());
      }
      settle(outcome, fire.scheduledAt());
    }
  }

  // ---- what is under way

  @Override
  public OpenFire open() {
    return rare.open();
  }

  @Override
  public void keepOpen(OpenFire open) {
    rare = rare.with(open);
  }

  /**
   * Forgets the fire in retry, if there is one: it is not tried again, and is settled otherwise.
   */
  public void dropOpen() {
    rare = rare.with((OpenFire) null);
  }

  @Override
  public boolean isQueued() {
    return is(QUEUED);
  }

  @Override
  public void enqueued() {
    set(QUEUED, true);
  }

  @Override
  public void dequeued() {
    set(QUEUED, false);
  }

  /** Whether its callback has the fire now that others may run beside. */
  @Override
  public boolean isRunning() {
    return is(RUNNING);
  }

  @Override
  public void ended() {
    set(RUNNING, false);
  }

  /** Whether its callback has any fire of it now. */
  public boolean isAnyRunning() {
    return is(RUNNING) || beside().stream().anyMatch(FireBeside::isRunning);
  }

  /** Whether a fire of it is under way or in retry. */
  public boolean isBusy() {
    return !isAlone();
  }

  /** The moment up to which every scheduled time is settled, or has started. */
  Instant startedUntil() {
    return rare.beside() == null ? settledUntil() : rare.beside().startedUntil();
  }

  /**
   * The first scheduled time that has not started, or empty for none.
   *
   * @throws io.actionscheduler.fire.ContradictorySchedule when the schedule gives no sound answer
   */
  Optional<Instant> next() {
    long after = rare.beside() == null ? settledMicros() : Micros.of(rare.beside().startedUntil());
    return nextTime(action().timing(), after);
  }

  /** How many fires of it are under way or in retry. */
  int unsettled() {
    return (is(RUNNING) || rare.open() != null ? 1 : 0) + beside().size();
  }

  /** Those of {@link #unsettled} that were missed. */
  int unsettledMissed() {
    boolean openMissed = rare.open() != null && rare.open().cause() == Cause.CATCH_UP;
    int main = is(RUNNING) && is(RUNNING_MISSED) || openMissed ? 1 : 0;
    return rare.beside() == null
        ? main
        : main + (int) beside().stream().filter(FireBeside::isMissed).count();
  }

  /** Whether nothing after {@link #settledUntil} has started or has an outcome yet. */
  public boolean isAlone() {
    return !is(RUNNING) && rare.open() == null && rare.beside() == null;
  }

  boolean overlaps() {
    return rare.beside() != null;
  }

  /** A fire starts, for the first time or again; others may run at the same time from now on. */
  @Override
  public void started(Fire fire) {
    set(RUNNING, true);
    set(RUNNING_MISSED, fire.cause() == Cause.CATCH_UP);
    boolean overlaps = action().policy().overlap() == Overlap.ALLOW;
    if (overlaps && rare.beside() == null && rare.pendingEdit() == null) {
      // A fire in retry may belong to a schedule that was edited since: progress is the edit's
      // moment.
      rare = rare.with(new FiresBeside(Moments.later(fire.scheduledAt(), settledUntil())));
    }
  }

  /** The next fire starts: alone, or at the same time as those that are under way. */
  Firing start(Fire fire) {
    if (isAlone()) {
      started(fire);
      return this;
    }
    FireBeside other = FireBeside.of(this, fire);
    rare.beside().start(other);
    other.started(fire);
    return other;
  }

  /** These fires, the next ones, end without having started. */
  void settleUnstarted(Outcome outcome, Stretch stretch) {
    if (rare.beside() == null) {
      settle(outcome, stretch);
    } else {
      rare.beside().settle(outcome, stretch);
    }
  }

  /** These fires merged into a concurrent one, which is settled next. */
  void settleMergedBeside(Outcome outcome, Stretch merged) {
    rare.beside().settleMerged(outcome, merged);
  }

  void settleBeside(Fire fire, Outcome outcome) {
    rare.beside().settle(fire, outcome, outcome.ofMerged());
  }

  /** Moves past concurrent fires that are settled; false where there are none. */
  public boolean absorb() {
    if (rare.beside() == null || rare.open() != null || is(RUNNING)) {
      return false;
    }
    rare.beside().absorbInto(this);
    if (rare.beside().isEmpty()) {
      rare = rare.with((FiresBeside) null);
    }
    return true;
  }

  /** Settles all concurrent fires that ended; see {@link FiresBeside#takeEnded}. */
  public void takeEnded(Consumer<Instant> between) {
    if (rare.beside() != null) {
      rare.beside().takeEnded(this, between);
    }
  }

  /** The concurrent fires that are unsettled. */
  List<FireBeside> beside() {
    return rare.beside() == null ? List.of() : rare.beside().unsettled();
  }

  /** Takes over the unsettled fires of {@code other}, whose action has another callback now. */
  public void inherit(ActionProgress other) {
    begin(other.settledUntil());
    keepOpen(other.rare.open());
    hold(other.rare.backlog());
    rare = rare.with(other.rare.beside() == null ? null : other.rare.beside().movedTo(this));
    other.dropOpen();
  }

  /** The clock was set back by {@code step}: moments that are waited for move back with it. */
  public void clockSetBack(Duration step) {
    setBack(step);
    beside().forEach(fire -> fire.setBack(step));
  }

  // ---- what a start held for an operator

  /** What a start held of it, and what was decided of that. */
  HeldBacklog backlog() {
    return rare.backlog();
  }

  /** Has what {@code held} says hold for it. */
  void hold(HeldBacklog held) {
    rare = rare.with(held);
  }

  // ---- edits

  /** The edit that waits for what is under way, or null. */
  public PendingEdit pendingEdit() {
    return rare.pendingEdit();
  }

  /** Nothing new starts until {@code edit} is taken over. */
  public void defer(PendingEdit edit) {
    rare = rare.with(edit);
  }

  public void clearPendingEdit() {
    rare = rare.with((PendingEdit) null);
  }

  // ---- whether it may fire, and what is stored

  /** Its schedule contradicts itself: nothing fires until an edit gives it another one. */
  public void markFaulty() {
    set(FAULTY, true);
  }

  public void clearFault() {
    set(FAULTY, false);
  }

  public boolean isFaulty() {
    return is(FAULTY);
  }

  @Override
  public boolean isSilent() {
    return isRetired() || is(FAULTY) || isPaused();
  }

  @Override
  public boolean isUnneeded() {
    return isRetired();
  }
}
