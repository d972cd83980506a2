package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import io.actionscheduler.fire.Account;
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

  /** Its place in the timetable, or null when it stands in none. */
  Slot slot;

  int place;

  /** The same action's way to a further callback, or null. */
  Lane sibling;

  Lane(Action action, Outlet outlet) {
    this.action = action;
    this.outlet = outlet;
  }

  /** A new schedule counts from {@code at} on. */
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
      this.outcome = outcome;
      first = stretch.first();
      count = stretch.count();
    }
    settledUntil = stretch.last();
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
        new Account(begunAt, Optional.ofNullable(outcome), first, count),
        Optional.ofNullable(open));
  }
}
