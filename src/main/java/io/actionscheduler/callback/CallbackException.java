package io.actionscheduler.callback;

import static java.util.Objects.requireNonNull;

/** Why a fire was not delivered, in the caller's terms: what to do next. */
public final class CallbackException extends Exception {

  /** What follows from a failure. */
  public enum Kind {
    /** The target cannot be reached: wait for it; uses up no retry. */
    AWAY,
    /** The target refused this fire: try it again, as often as its retry policy says. */
    REFUSED,
    /** The target will never take this fire: give it up at once. */
    PERMANENT
  }

  private final Kind kind;
  private final boolean outcomeUnknown;

  private CallbackException(Kind kind, boolean outcomeUnknown, String message, Throwable cause) {
    super(requireNonNull(message, "message is null"), cause);
    this.kind = kind;
    this.outcomeUnknown = outcomeUnknown;
  }

  /** The target was not reached; this fire surely did not get through. */
  public static CallbackException away(String message, Throwable cause) {
    return new CallbackException(Kind.AWAY, false, message, cause);
  }

  /** Contact broke after this fire was handed over: it may have got through. */
  public static CallbackException awayUnknown(String message, Throwable cause) {
    return new CallbackException(Kind.AWAY, true, message, cause);
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

  public Kind kind() {
    return kind;
  }

  /** Whether this attempt may have got through all the same. */
  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }
}
