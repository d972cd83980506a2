package io.actionscheduler.app.ask;

import static java.util.Objects.requireNonNull;

/** The running scheduler could not be asked; the message says why, and what to do. */
public final class Unanswered extends Exception {
  private final Kind kind;

  /** How far the request came. */
  public enum Kind {
    /** The settings name no place where it could be asked. */
    NOT_ASKED,
    /** The connection was refused: the scheduler is not running, or runs elsewhere. */
    NOBODY_LISTENS,
    /** It was asked and refused, or it is unknown what became of the request. */
    REFUSED
  }

  Unanswered(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = requireNonNull(kind, "kind is null");
  }

  Unanswered(Kind kind, String message) {
    this(kind, message, null);
  }

  /** Neither an API nor a store. */
  public static Unanswered nothingToAsk() {
    return new Unanswered(
        Kind.NOT_ASKED,
        "neither http.port nor internal_db is set, so the scheduler cannot be asked; set one of"
            + " them");
  }

  /** Whether the connection was refused. */
  public boolean isNobodyListening() {
    return kind == Kind.NOBODY_LISTENS;
  }

  /** Whether the request did not reach it, so that it may be asked in another way. */
  public boolean isUnasked() {
    return kind != Kind.REFUSED;
  }
}
