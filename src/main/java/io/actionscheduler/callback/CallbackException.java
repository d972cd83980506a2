package io.actionscheduler.callback;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.text.Secrets;
import java.time.Duration;
import java.util.Optional;

/** Why a fire was not delivered, in the caller's terms: what to do next. */
public final class CallbackException extends Exception {

  /** What follows from a failure. */
  public enum Kind {
    /** The target cannot be reached: wait for it; uses up no retry. */
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
    // Stored, logged and shown from here on: an address in it may hold a token.
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

  /** The target was not reached; this fire surely did not get through. */
  public static CallbackException unavailable(String message, Throwable cause) {
    return new CallbackException(Kind.UNAVAILABLE, false, message, cause);
  }

  /** Contact broke after this fire was handed over: it may have got through. */
  public static CallbackException unavailableUnknown(String message, Throwable cause) {
    return new CallbackException(Kind.UNAVAILABLE, true, message, cause);
  }

  /** The target answered, and does not take this fire now. */
  public static CallbackException refused(String message, Throwable cause) {
    return new CallbackException(Kind.REFUSED, false, message, cause);
  }

  /** No clear answer to this fire from a target that can be reached. */
  public static CallbackException refusedUnknown(String message, Throwable cause) {
    return new CallbackException(Kind.REFUSED, true, message, cause);
  }

  /** The target will never take this fire: a bad address, a message too large. */
  public static CallbackException permanent(String message, Throwable cause) {
    return new CallbackException(Kind.PERMANENT, false, message, cause);
  }

  /** The same, from a target that asks not to be tried again before {@code wait} is over. */
  public CallbackException retryAfter(Duration wait) {
    if (wait.isNegative()) {
      throw new IllegalArgumentException("a wait of " + wait + " is negative");
    }
    return new CallbackException(this, wait, output);
  }

  /** The same, with what the target answered or wrote (at most 64 KiB of it are kept). */
  public CallbackException withOutput(String text) {
    return new CallbackException(this, retryAfter, requireNonNull(text, "text is null"));
  }

  public Kind kind() {
    return kind;
  }

  /** Whether this attempt may have got through all the same. */
  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }

  /** The least wait that the target asked for; empty: as the retry policy says. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** What the target answered or wrote; empty when nothing. */
  public String output() {
    return output;
  }
}
