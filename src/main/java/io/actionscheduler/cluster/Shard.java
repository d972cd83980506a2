package io.actionscheduler.cluster;

import static java.util.Objects.requireNonNull;

/**
 * One shard in one process, as docs/cluster.md draws it:
 *
 * <pre>
 *            assigned         claimed           recalled          opened
 *   ABSENT ----------> CLAIMING -----> RECALLING -----> OPENING -----> FIRING
 *     ^ ^                  | revoked       | revoked       | revoked      | revoked
 *     | |                  v               v               v              v
 *     | +------------------+---------------+---------------+          DRAINING
 *     +------------------------------------------------------ drained ----+
 *
 *   any but ABSENT --- lost, fenced, failed, token outdated ---> DROPPED --- proven ---> CLAIMING
 *                                                                DROPPED --- revoked --> ABSENT
 * </pre>
 *
 * Claiming comes before recalling: who reads before the process before is shut out misses what that
 * one still commits. It decides what is done next and does nothing itself. What is done is told
 * with the number of its term, and answers of an earlier term are dropped: a shard that went and
 * came back must not take the answer of the time before for its own. Confined to one thread.
 */
public final class Shard {

  /** Where a shard is on its way. */
  public enum State {
    /** Another process has it, or none. */
    ABSENT,
    /** Its token is taken, then the producer of the process before is shut out. */
    CLAIMING,
    /** What is stored and committed of its actions is read. */
    RECALLING,
    /** Its rows are read and scheduled. */
    OPENING,
    /** Its actions fire. */
    FIRING,
    /** Nothing more is started; what is under way ends and is recorded. */
    DRAINING,
    /** Another process may have it; it comes back after a fresh proof of membership only. */
    DROPPED
  }

  /** What a shard has done; each is answered later by the method named, with the same term. */
  public interface Work {
    /** Takes the token, then shuts out the producer before; {@link Shard#claimed}. */
    void claim(int shard, long term);

    /** Reads stored progress, then what is committed behind it; {@link Shard#recalled}. */
    void recall(int shard, long term);

    /** Reads the rows and schedules them; {@link Shard#opened}. */
    void open(int shard, long term);

    /** Starts nothing more, waits and records; {@link Shard#drained}. */
    void drain(int shard, long term);

    /** Forgets everything of it at once and writes nothing; answered by nothing. */
    void discard(int shard);

    /** Nothing of it is left here: the group may give it to another process. */
    void release(int shard);
  }

  private final int number;
  private final Work work;
  private State state = State.ABSENT;
  private long term;

  /**
   * A shard that is absent.
   *
   * @param number from 0
   */
  public Shard(int number, Work work) {
    this.number = number;
    this.work = requireNonNull(work, "work is null");
  }

  public State state() {
    return state;
  }

  /** Whether anything of it is in this process. */
  public boolean isHere() {
    return state != State.ABSENT;
  }

  /** The group gives it to this process, and says so of now: a fresh proof of membership. */
  public void assigned() {
    if (state == State.ABSENT || state == State.DROPPED) {
      state = State.CLAIMING;
      work.claim(number, ++term);
    }
  }

  /** The token is taken, and the producer before is shut out. */
  public void claimed(long ofTerm) {
    if (isAt(State.CLAIMING, ofTerm)) {
      state = State.RECALLING;
      work.recall(number, term);
    }
  }

  /** It is known how far its actions are. */
  public void recalled(long ofTerm) {
    if (isAt(State.RECALLING, ofTerm)) {
      state = State.OPENING;
      work.open(number, term);
    }
  }

  /** Its actions are scheduled. */
  public void opened(long ofTerm) {
    if (isAt(State.OPENING, ofTerm)) {
      state = State.FIRING;
    }
  }

  /** The group wants it back; {@link Work#release} says when it may be given on. */
  public void revoked() {
    switch (state) {
      case FIRING -> {
        state = State.DRAINING;
        work.drain(number, term);
      }
      case CLAIMING, RECALLING, OPENING -> {
        work.discard(number); // nothing of it has fired
        leave();
      }
      case DROPPED -> leave();
      case ABSENT, DRAINING -> {}
    }
  }

  /** What was under way has ended and is recorded, or its time is over. */
  public void drained(long ofTerm) {
    if (isAt(State.DRAINING, ofTerm)) {
      work.discard(number);
      leave();
    }
  }

  private void leave() {
    state = State.ABSENT;
    term++;
    work.release(number);
  }

  /** The membership is lost: another process may have it by now. */
  public void lost() {
    if (state != State.ABSENT) {
      drop();
    }
  }

  /** Work of this term failed, was shut out, or found the token taken by another process. */
  public void failed(long ofTerm) {
    if (term == ofTerm && state != State.ABSENT && state != State.DROPPED) {
      drop();
    }
  }

  private void drop() {
    state = State.DROPPED;
    term++;
    work.discard(number);
  }

  /** Whether something of {@code ofTerm} may still go on: to be asked before it is sent. */
  public boolean isFiring(long ofTerm) {
    return isAt(State.FIRING, ofTerm);
  }

  private boolean isAt(State expected, long ofTerm) {
    return state == expected && term == ofTerm;
  }
}
