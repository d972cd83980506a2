package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.ClosedLedger;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;
import java.util.Optional;

/**
 * The way of one action's fires to one callback: how far it is settled and what is under way. There
 * may be a million of them, so it holds references only. Confined to the engine's thread.
 */
final class Lane {

  /** Where its next fire stands. */
  enum State {
    /** Its progress is not yet kept: nothing fires before it is. */
    NEW,
    /** Nothing is due. */
    IDLE,
    /** Due, and waiting for its callback. */
    WAITING,
    /** Handed to its callback. */
    RUNNING
  }

  /** New values of its action, to be taken over since the moment at which they were noticed. */
  record Edit(Action action, Instant noticedAt) {}

  final Outlet outlet;
  Action action;
  State state = State.NEW;

  /** Every fire scheduled at or before this moment is settled. */
  Instant settledUntil;

  /** Since when its schedule is accounted for; see {@link Account}. */
  private Instant begunAt;

  /** The latest stretch of fires with one outcome: it ends at {@link #settledUntil}. */
  private Outcome outcome;

  private Instant first;
  private long count;

  /** The fire that was attempted and is not settled, or null: most lanes never have one. */
  OpenFire open;

  /** Whether what is kept of it is older than this. */
  boolean dirty;

  /** Whether its action is gone, or goes elsewhere now. */
  boolean retired;

  /** An edit that waits for what is under way, or null; nothing new starts meanwhile. */
  Edit edit;

  /** Parts of the ledger that are closed and not kept yet, or null. */
  ClosedLedger closed;

  /** Fires that run beside the one under way, with {@code overlap: allow}; null for none. */
  Sides sides;

  /** The lane that this one runs a single fire beside, or null for one that stands for itself. */
  Lane main;

  /** Its place in the timetable, or null when it stands in none. */
  Slot slot;

  int place;

  /** The same action's way to a further callback, or null. */
  Lane sibling;

  Lane(Action action, Outlet outlet) {
    this.action = action;
    this.outlet = outlet;
  }

  /** Itself, or the lane that it runs a single fire beside. */
  Lane whole() {
    return main == null ? this : main;
  }

  /**
   * Where it delivers now: its callback, or the one for what failed for good, null where that is
   * gone.
   */
  Outlet target() {
    return open != null && open.givenUp() ? outlet.deadLetter() : outlet;
  }

  /** Whether a callback has a fire of it now. */
  boolean isRunning() {
    return state == State.RUNNING || sides != null && sides.isRunning();
  }

  /** Whether a fire of it is under way or waits for its next try. */
  boolean isBusy() {
    return state == State.RUNNING || open != null || sides != null;
  }

  /** A schedule counts from {@code at} on. */
  void begin(Instant at) {
    settledUntil = at;
    begunAt = at;
    first = at;
    outcome = null;
    count = 0;
  }

  /** Goes on where an earlier run left off. */
  void resume(Progress kept) {
    settledUntil = kept.settledUntil();
    open = kept.open().orElse(null);
    begunAt = kept.account().begunAt();
    outcome = kept.account().outcome().orElse(null);
    first = kept.account().first();
    count = kept.account().count();
  }

  /** These fires, the next ones after {@link #settledUntil}, are settled. */
  void settle(Outcome outcome, Stretch stretch) {
    if (this.outcome == outcome) {
      count += stretch.count();
    } else {
      closeStretch();
      this.outcome = outcome;
      first = stretch.first();
      count = stretch.count();
    }
    settledUntil = stretch.last();
  }

  /** The schedule with this text and zone ends: what it had until {@code at} is in the ledger. */
  void end(String cron, String zone, Instant at) {
    closeStretch();
    closed().closeVersion(key(), cron, zone, begunAt, at);
  }

  private void closeStretch() {
    if (count > 0) {
      closed().closeStretch(key(), account(), settledUntil);
    }
    outcome = null;
    count = 0;
  }

  private Account account() {
    return new Account(begunAt, Optional.ofNullable(outcome), first, count);
  }

  private ClosedLedger closed() {
    if (closed == null) {
      closed = new ClosedLedger();
    }
    return closed;
  }

  /** Whether {@code action} names its callback. */
  boolean goesTo(Action action) {
    return action.policy().callbacks().contains(outlet.name());
  }

  ProgressKey key() {
    return new ProgressKey(action.id(), outlet.name());
  }

  boolean isPaused() {
    return !action.policy().enabled();
  }

  Progress progress() {
    return new Progress(
        key(),
        settledUntil,
        action.timing().text(),
        action.timing().zone().getId(),
        isPaused(),
        account(),
        Optional.ofNullable(open));
  }
}
