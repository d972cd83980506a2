package io.actionscheduler.callback;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.text.Secrets;
import java.time.Duration;
import java.util.Optional;

/** Why a fire was not delivered, and what follows: a retry, a wait for the target, or none. */
public final class CallbackException extends Exception {

  /** What follows from a failure. */
  public enum Kind {
    /** The target is unavailable: wait for it; uses up no retry. */
    UNAVAILABLE,
    /** The target refused this fire: try it again, as often as its retry policy says. */
    REFUSED,
    /** The target will never take this fire: give it up at once. */
    PERMANENT
  }

  private final Kind kind;
  private final boolean outcomeUnknown;
  private final Duration retryAfter; // null for the policy's own delay
  private final String output;

  private CallbackException(Kind kind, boolean outcomeUnknown, String message, Throwable cause) {
    // The message is stored, logged and shown: an address in it may contain a token.
    super(Secrets.maskText(requireNonNull(message, "message is null")), cause);
    this.kind = kind;
    this.outcomeUnknown = outcomeUnknown;
    this.retryAfter = null;
    this.output = "";
  }

  private CallbackException(CallbackException that, Duration retryAfter, String output) {
    super(that.getMessage(), that.getCause());
    this.kind = that.kind;
    this.outcomeUnknown = that.outcomeUnknown;
    this.retryAfter = retryAfter;
    this.output = output;
    setStackTrace(that.getStackTrace());
  }

  /** The target was not reached: the fire was certainly not delivered. */
  public static CallbackException unavailable(String message, Throwable cause) {
    return new CallbackException(Kind.UNAVAILABLE, false, message, cause);
  }

  /** The connection broke after the fire was sent: it may have been delivered. */
  public static CallbackException unavailableUnknown(String message, Throwable cause) {
    return new CallbackException(Kind.UNAVAILABLE, true, message, cause);
  }

  /** The target answered and refused this fire. */
  public static CallbackException refused(String message, Throwable cause) {
    return new CallbackException(Kind.REFUSED, false, message, cause);
  }

  /** A target that is available gave no clear answer: the fire may have been delivered. */
  public static CallbackException refusedUnknown(String message, Throwable cause) {
    return new CallbackException(Kind.REFUSED, true, message, cause);
  }

  /** The target will never take this fire: a bad address, a message too large. */
  public static CallbackException permanent(String message, Throwable cause) {
    return new CallbackException(Kind.PERMANENT, false, message, cause);
  }

  /**
   * The same, with the wait that the target asked for before the next try.
   *
   * @throws IllegalArgumentException when {@code wait} is negative
   */
  public CallbackException retryAfter(Duration wait) {
    if (wait.isNegative()) {
      throw new IllegalArgumentException("a wait of " + wait + " is negative");
    }
    return new CallbackException(this, wait, output);
  }

  /** The same, with the answer or output of the target (at most 64 KiB of it are stored). */
  public CallbackException withOutput(String text) {
    return new CallbackException(this, retryAfter, requireNonNull(text, "text is null"));
  }

  public Kind kind() {
    return kind;
  }

  /** Whether the fire may have been delivered nevertheless. */
  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }

  /** The wait that the target asked for at least; empty: as the retry policy says. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The answer or output of the target; empty for none. */
  public String output() {
    return output;
  }
}
