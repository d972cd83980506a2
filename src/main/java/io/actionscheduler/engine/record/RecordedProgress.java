package io.actionscheduler.engine.record;

import io.actionscheduler.action.Action;
import io.actionscheduler.engine.clock.Timetable;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.ClosedLedger;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.schedule.Micros;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the fires of an action are settled at a callback, with the open end of their ledger. The
 * recorder stores it whenever it has changed. Confined to the engine's thread once its action has
 * begun.
 */
public abstract class RecordedProgress extends Timetable.Entry {
  private static final long NOT_BEGUN = Long.MIN_VALUE;
  private static final Outcome[] OUTCOMES = Outcome.values();

  // Flags. There are seven of them with those of the subclass, and there may be a million of these.
  private static final int ACTIVE = 1;
  private static final int UNRECORDED = 2;
  private static final int RETIRED = 4;

  /** The lowest bit that a subclass may use for a flag of its own; there are five. */
  protected static final int FREE = 8;

  private final String callback;
  private Action action;

  // Microseconds since 1970, as they are stored. Each fire changes them: instants would be a
  // million young objects that old ones refer to, which is what a garbage collector pauses for.
  private long settledUntil = NOT_BEGUN;
  private long begunAt; // since when its schedule is accounted for; see Account
  private long first;
  private long count;
  private byte outcome; // of the latest stretch, which ends at settledUntil: see outcome()
  private byte flags;
  private ClosedLedger closed; // ended, and not handed to the store yet; null for none

  protected RecordedProgress(Action action, String callback) {
    this.action = action;
    this.callback = callback;
  }

  public final Action action() {
    return action;
  }

  /** Fires with these values from now on. */
  public final void use(Action action) {
    this.action = action;
  }

  public final String callback() {
    return callback;
  }

  /** Whether {@code action} names its callback. */
  public final boolean goesTo(Action action) {
    return action.policy().callbacks().contains(callback);
  }

  public final boolean isPaused() {
    return !action.policy().enabled();
  }

  public final ProgressKey key() {
    return new ProgressKey(action.id(), callback);
  }

  /** The fire that was attempted and is not settled, or null. */
  public abstract OpenFire open();

  /** The progress as it is now, in its stored form. */
  final Progress toStore(Alike alike) {
    return new Progress(
        key(),
        alike.instant(settledUntil),
        action.timing().text(),
        action.timing().storedZone(),
        isPaused(),
        alike.account(begunAt, outcome(), first, count),
        Optional.ofNullable(open()));
  }

  /** Whether it has progress: of an earlier run, or from the moment it was noticed. */
  public final boolean hasBegun() {
    return settledUntil != NOT_BEGUN;
  }

  /** Every fire scheduled at or before this moment is settled; only once it has begun. */
  public final Instant settledUntil() {
    return Micros.instant(settledUntil);
  }

  /** The same in microseconds since 1970. */
  public final long settledMicros() {
    return settledUntil;
  }

  /** Whether a fire scheduled at {@code at} is settled. */
  public final boolean isSettledAt(Instant at) {
    return settledUntil >= Micros.of(at);
  }

  /** The schedule counts from {@code at} on. */
  public final void begin(Instant at) {
    settledUntil = Micros.of(at);
    begunAt = settledUntil;
    first = settledUntil;
    outcome = 0;
    count = 0;
  }

  /** Continues from the progress that an earlier run stored. */
  public void resume(Progress kept) {
    settledUntil = Micros.of(kept.settledUntil());
    begunAt = Micros.of(kept.account().begunAt());
    outcome = number(kept.account().outcome().orElse(null));
    first = Micros.of(kept.account().first());
    count = kept.account().count();
  }

  /**
   * The store was replaced, and has {@code kept} of this, which is behind it: the account there
   * ends where it is, and this one continues with its latest stretch. The outcome of the times
   * between the two is no longer known to the ledger.
   */
  public final void continueAfter(Progress kept) {
    long keptUntil = Micros.of(kept.settledUntil());
    boolean sameVersion = begunAt <= keptUntil;
    if (sameVersion && first <= keptUntil) {
      return; // the stretch there is the beginning of this one
    }
    closed().closeStretch(key(), kept.account(), kept.settledUntil());
    closed()
        .closeVersion(
            key(), kept.cron(), kept.zone(), kept.account().begunAt(), kept.settledUntil());
    if (sameVersion) {
      begunAt = count == 0 ? settledUntil : first - 1;
    }
  }

  /** These fires, the next ones after {@link #settledUntil}, are settled. */
  public final void settle(Outcome outcome, Stretch stretch) {
    settle(outcome, Micros.of(stretch.first()), stretch.count());
    settledUntil = Micros.of(stretch.last());
  }

  /** The fire scheduled at {@code at}, the next one after {@link #settledUntil}, is settled. */
  protected final void settle(Outcome outcome, Instant at) {
    long micros = Micros.of(at);
    settle(outcome, micros, 1);
    settledUntil = micros;
  }

  private void settle(Outcome outcome, long from, long fires) {
    if (outcome() == outcome) {
      count += fires;
    } else {
      closeStretch();
      this.outcome = number(outcome);
      first = from;
      count = fires;
    }
  }

  /** The schedule with this text and zone ends; its times until {@code at} are in the ledger. */
  public final void endVersion(String cron, String zone, Instant at) {
    closeStretch();
    Instant ended = Micros.instant(Micros.of(at));
    closed().closeVersion(key(), cron, zone, Micros.instant(begunAt), ended);
  }

  /**
   * The law of its zone changed. Its schedule, which was {@code before}, continues by the new
   * clock, and does not repeat what it fired by the old one.
   */
  public final void changeLaw(Timing before) {
    Schedule old = before.schedule();
    Schedule now = action.timing().schedule();
    Instant settled = settledUntil();
    Instant begun = Micros.instant(begunAt);
    Instant from =
        old.previous(settled)
            .filter(last -> last.isAfter(begun))
            .map(last -> now.movedFrom(old, last))
            .filter(last -> last.isAfter(settled))
            .orElse(settled);
    endVersion(before.text(), before.storedZone(), settled);
    begin(from);
  }

  private void closeStretch() {
    if (count > 0) {
      Account account =
          new Account(
              Micros.instant(begunAt),
              Optional.ofNullable(outcome()),
              Micros.instant(first),
              count);
      closed().closeStretch(key(), account, settledUntil());
    }
    outcome = 0;
    count = 0;
  }

  private ClosedLedger closed() {
    if (closed == null) {
      closed = new ClosedLedger();
    }
    return closed;
  }

  /** Removes and gives the parts of its ledger that ended since the previous call. */
  public final Optional<ClosedLedger> takeClosed() {
    ClosedLedger taken = closed;
    closed = null;
    return Optional.ofNullable(taken);
  }

  /** As {@link #takeClosed}, and adds them to {@code all}. Most have none, and nothing is made. */
  final void handClosedTo(ClosedLedger all) {
    if (closed != null) {
      all.addAll(closed);
      closed = null;
    }
  }

  /** Whether it does not fire yet, because its progress is not stored. */
  public final boolean isNew() {
    return !is(ACTIVE);
  }

  /** Its progress is stored: it may fire. */
  public final void activate() {
    set(ACTIVE, true);
  }

  /** Its action was removed or has another callback: it is no longer stored. */
  public final void retire() {
    set(RETIRED, true);
  }

  public final boolean isRetired() {
    return is(RETIRED);
  }

  /** Marks it as changed since it was stored; false where it was marked already. */
  final boolean markUnrecorded() {
    boolean marked = !is(UNRECORDED);
    set(UNRECORDED, true);
    return marked;
  }

  /** Marks it as handed to the store as it is now. */
  final void markRecorded() {
    set(UNRECORDED, false);
  }

  /** Null for none. */
  private Outcome outcome() {
    return outcome == 0 ? null : OUTCOMES[outcome - 1];
  }

  private static byte number(Outcome outcome) {
    return (byte) (outcome == null ? 0 : outcome.ordinal() + 1);
  }

  /** Whether {@code flag}, a bit, is set. */
  protected final boolean is(int flag) {
    return (flags & flag) != 0;
  }

  protected final void set(int flag, boolean value) {
    flags = (byte) (value ? flags | flag : flags & ~flag);
  }
}
