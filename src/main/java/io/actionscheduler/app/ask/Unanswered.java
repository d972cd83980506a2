package io.actionscheduler.app.ask;

/** The running scheduler could not be asked; the message says why, and what to do. */
public final class Unanswered extends Exception {
  private final boolean nobodyListens;
  private final boolean unasked;

  Unanswered(String message, boolean nobodyListens, Throwable cause) {
    super(message, cause);
    this.nobodyListens = nobodyListens;
    this.unasked = nobodyListens;
  }

  private Unanswered(String message, boolean unasked) {
    super(message);
    this.nobodyListens = false;
    this.unasked = unasked;
  }

  /** It was asked, and refused. */
  static Unanswered refused(String message) {
    return new Unanswered(message, false);
  }

  /** It was not asked at all. */
  static Unanswered unasked(String message) {
    return new Unanswered(message, true);
  }

  /** Whether the request did not reach it, so that it may be asked in another way. */
  public boolean isUnasked() {
    return unasked;
  }

  /** Neither an API nor a store. */
  public static Unanswered nothingToAsk() {
    return unasked(
        "neither http.port nor internal_db is set, so the scheduler cannot be asked; set one of"
            + " them");
  }

  /** Whether the connection was refused: the scheduler is not running, or runs elsewhere. */
  public boolean isNobodyListening() {
    return nobodyListens;
  }
}
