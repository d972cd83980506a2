package io.actionscheduler.app.alert;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;

/**
 * A fault of the scheduler or of its surroundings that began or ended.
 *
 * @param subject what it is about: {@code callback mail}, {@code action 7}
 * @param at when it was found
 * @param text what happened, in a sentence without a full stop
 * @param remedy what to do about it; empty text for one that ended
 */
record Alert(Kind kind, State state, String subject, Instant at, String text, String remedy) {

  /** The kinds of fault. */
  enum Kind {
    /** Actions failed permanently, as often in a row as the settings say. */
    FAILING,
    /** An action was disabled, since it failed too often in a row. */
    DISABLED,
    /** Fires of a callback start late. */
    LATE,
    /** Fires are due, and nothing is delivered. */
    OVERDUE,
    /** The target of a callback is unavailable. */
    CALLBACK_UNAVAILABLE,
    /** A source of actions cannot be read. */
    SOURCE_UNAVAILABLE,
    /** The internal store takes no records. */
    STORE_FAILING,
    /** Rows cannot be understood. */
    ROWS_REJECTED,
    /** Missed fires of the start wait for a decision of an operator. */
    BACKLOG_HELD,
    /** The verification of the ledger found fires that are lost, doubled or early. */
    VERIFICATION_FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the fault began or ended. */
  enum State {
    RAISED,
    RECOVERED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Alert {
    requireNonNull(kind, "kind is null");
    requireNonNull(state, "state is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(at, "at is null");
    requireNonNull(text, "text is null");
    requireNonNull(remedy, "remedy is null");
  }

  /** The whole message. */
  String message() {
    return remedy.isEmpty() ? text : text + ". " + remedy;
  }
}
