package io.actionscheduler.torture;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that was done to the program, and how long it could not be expected to work as if it
 * were not.
 *
 * @param action the only action that it touches; empty: all
 */
record Fault(Kind kind, Instant from, Instant to, Optional<Integer> action) {

  /** What was done. */
  enum Kind {
    /**
     * Nothing was done yet: not there yet is as good as stopped. It excuses, and is not counted.
     */
    START(true, "start"),
    /** kill -9; until the next process is ready. */
    KILL(true, "kill -9"),
    /** SIGTERM; until the next process is ready. */
    TERM(true, "SIGTERM"),
    /** SIGSTOP until SIGCONT. */
    PAUSE(true, "SIGSTOP"),
    /** Frozen for longer than its lease of the store, so that it had to end when it woke up. */
    LEASE_LOST(true, "slept through its lease"),
    /** The store's disk is full: fires go on, what must be recorded waits. */
    STORE_FULL(false, "store full"),
    /** The store's server is down. */
    STORE_AWAY(true, "store down"),
    /** Connections to the store were cut when a commit was about to reach it. */
    STORE_CUT_BEFORE(false, "store cut before a commit"),
    /** Connections to the store were cut when it had committed, before the answer got through. */
    STORE_CUT_AFTER(false, "store cut after a commit"),
    /** Where fires go was down. */
    TARGET_AWAY(true, "target down"),
    /** Connections to Kafka were cut when a transaction's commit was about to reach it. */
    TARGET_CUT_BEFORE(true, "Kafka cut before a commit"),
    /** Connections to Kafka were cut when it had committed, before the answer got through. */
    TARGET_CUT_AFTER(true, "Kafka cut after a commit"),
    /** The receiver answered no. */
    REFUSAL(true, "refusal"),
    /** The receiver took a fire and hung up without an answer. */
    LOST_ANSWER(true, "answer lost"),
    /** A second process was started on the same store. */
    SECOND_PROCESS(false, "second process"),
    /** The wall clock was stepped. */
    CLOCK_STEP(true, "clock step"),
    /** Nothing was done, but the whole machine or program was late. */
    STALL(true, "stall");

    /** Whether fires may be late through it. */
    final boolean disturbs;

    final String label;

    Kind(boolean disturbs, String label) {
      this.disturbs = disturbs;
      this.label = label;
    }

    /** Whether it takes what the program holds in memory. */
    boolean crashes() {
      return this == KILL || this == LEASE_LOST;
    }

    /** Whether what was confirmed meanwhile may not be recorded until it is over. */
    boolean keepsFromRecording() {
      return this == STORE_FULL
          || this == STORE_AWAY
          || this == STORE_CUT_BEFORE
          || this == STORE_CUT_AFTER;
    }
  }

  Fault {
    requireNonNull(kind, "kind is null");
    requireNonNull(action, "action is null");
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(kind + " ends at " + to + ", before " + from);
    }
  }

  static Fault of(Kind kind, Instant from, Instant to) {
    return new Fault(kind, from, to, Optional.empty());
  }

  boolean touches(int some) {
    return action.isEmpty() || action.get() == some;
  }
}
