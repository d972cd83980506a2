package io.actionscheduler.cluster;

import static java.util.Objects.requireNonNull;

/**
 * One shard in one process:
 *
 * <pre>
 *           assigned         claimed           recalled         opened
 *   ABSENT ---------> CLAIMING -----> RECALLING -----> OPENING -----> FIRING
 *     ^ ^                 | revoked       | revoked       | revoked      | revoked
 *     | |                 v               v               v              v
 *     | +-----------------+---------------+               +-> DRAINING <-+
 *     +-------------------------------------------- drained ---+
 *
 *   CLAIMING to FIRING --- lost, or its work failed ---> DROPPED --- assigned ---> CLAIMING
 *                                                        DROPPED --- revoked ----> ABSENT
 *   DRAINING ------------- lost, or its work failed ---> ABSENT
 * </pre>
 *
 * Claiming comes before recalling: a process that reads before its predecessor is shut out misses
 * what the predecessor still commits. This class decides what is done next, and does nothing
 * itself. Each piece of work gets the number of its round. Results of an earlier round are ignored:
 * a shard that went away and came back must not take them for its own. Confined to one thread.
 */
public final class Shard {

  /** Where a shard is on its way. */
  public enum State {
    /** Another process has it, or none. */
    ABSENT,
    /** Its token is taken, then the producer of its predecessor is shut out. */
    CLAIMING,
    /** What is stored and committed of its actions is read. */
    RECALLING,
    /** Its rows are read and scheduled; those that are fire already. */
    OPENING,
    /** Its actions fire. */
    FIRING,
    /** Nothing more is started; what is under way ends and is recorded. */
    DRAINING,
    /** Another process may have it; it comes back only after a fresh proof of membership. */
    DROPPED
  }

  /** What is done for a shard. The result of each is told later by the method named. */
  interface Work {
    /** Takes the token, then shuts out the predecessor's producer; {@link Shard#claimed}. */
    void claim(int shard, long round);

    /** Reads the stored progress, then what is committed after it; {@link Shard#recalled}. */
    void recall(int shard, long round);

    /** Reads the rows and schedules them; {@link Shard#opened}. */
    void open(int shard, long round);

    /** Starts nothing more, waits and records; {@link Shard#drained}. */
    void drain(int shard, long round);

    /** Forgets everything of it at once, and writes nothing; has no result. */
    void discard(int shard);

    /** Nothing of it is left here: the group may give it to another process. */
    void release(int shard);
  }

  private final int number;
  private final Work work;
  private State state = State.ABSENT;
  private long round;

  /**
   * A shard that is absent.
   *
   * @param number from 0
   */
  Shard(int number, Work work) {
    this.number = number;
    this.work = requireNonNull(work, "work is null");
  }

  State state() {
    return state;
  }

  /** Whether anything of it is in this process. */
  boolean isHere() {
    return state != State.ABSENT;
  }

  /** The group has just confirmed that this process should have it: a fresh proof. */
  void assigned() {
    if (state == State.ABSENT || state == State.DROPPED) {
      state = State.CLAIMING;
      work.claim(number, ++round);
    }
  }

  /** The token is taken, and the predecessor's producer is shut out. */
  void claimed(long ofTerm) {
    if (isAt(State.CLAIMING, ofTerm)) {
      state = State.RECALLING;
      work.recall(number, round);
    }
  }

  /** The progress of its actions is known. */
  void recalled(long ofTerm) {
    if (isAt(State.RECALLING, ofTerm)) {
      state = State.OPENING;
      work.open(number, round);
    }
  }

  /** Its actions are scheduled. */
  void opened(long ofTerm) {
    if (isAt(State.OPENING, ofTerm)) {
      state = State.FIRING;
    }
  }

  /** The group takes it away; {@link Work#release} says when another process may have it. */
  void revoked() {
    switch (state) {
      case OPENING, FIRING -> {
        state = State.DRAINING;
        work.drain(number, round);
      }
      case CLAIMING, RECALLING -> {
        work.discard(number); // nothing of it has fired
        leave();
      }
      case DROPPED -> leave();
      case ABSENT, DRAINING -> {}
    }
  }

  /** What was under way has ended and is recorded, or the time for that is over. */
  void drained(long ofTerm) {
    if (isAt(State.DRAINING, ofTerm)) {
      work.discard(number);
      leave();
    }
  }

  private void leave() {
    state = State.ABSENT;
    round++;
    work.release(number);
  }

  /** The membership is lost: another process may have it by now. */
  void lost() {
    if (isBetween()) {
      drop();
    }
  }

  /**
   * Work of this round failed, its producer was shut out, or its token was taken by another
   * process.
   *
   * @return whether it is dropped because of that
   */
  boolean failed(long ofTerm) {
    boolean drops = round == ofTerm && isBetween();
    if (drops) {
      drop();
    }
    return drops;
  }

  private boolean isBetween() {
    return state != State.ABSENT && state != State.DROPPED;
  }

  private void drop() {
    boolean wasLeaving = state == State.DRAINING;
    state = State.DROPPED;
    round++;
    work.discard(number);
    if (wasLeaving) {
      leave();
    }
  }

  /** Whether the claim of {@code ofTerm} is still wanted. */
  boolean isClaiming(long ofTerm) {
    return isAt(State.CLAIMING, ofTerm);
  }

  private boolean isAt(State expected, long ofTerm) {
    return state == expected && round == ofTerm;
  }
}
