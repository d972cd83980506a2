package io.actionscheduler.events;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a receiver did with an event.
 *
 * @param message why the event was not taken; empty text where it was
 * @param pause how long the receiver asks to wait; zero where it does not ask
 */
record Reply(Kind kind, String message, Duration pause) {

  /** The kinds of reply. */
  enum Kind {
    /** The receiver took the event. */
    TAKEN,
    /** It did not take this event, and may take others. */
    REFUSED,
    /** It cannot be reached, or takes nothing at present. */
    UNAVAILABLE,
    /** It wants no more events. */
    GONE
  }

  Reply {
    requireNonNull(kind, "kind is null");
    requireNonNull(message, "message is null");
    requireNonNull(pause, "pause is null");
  }

  /**
   * Reads the status of an answer.
   *
   * @param pause what {@code Retry-After} says
   */
  static Reply of(int status, Duration pause) {
    String message = "it answered " + status;
    if (status / 100 == 2) {
      return new Reply(Kind.TAKEN, "", Duration.ZERO);
    }
    return switch (status) {
      case 410 -> new Reply(Kind.GONE, message, Duration.ZERO);
      case 429, 502, 503, 504 -> new Reply(Kind.UNAVAILABLE, message, pause);
      default -> new Reply(Kind.REFUSED, message, pause);
    };
  }

  static Reply unavailable(String message) {
    return new Reply(Kind.UNAVAILABLE, message, Duration.ZERO);
  }
}
