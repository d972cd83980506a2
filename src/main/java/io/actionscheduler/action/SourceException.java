package io.actionscheduler.action;

/** A source that could not be read. */
public final class SourceException extends Exception {
  private final boolean misconfigured;

  private SourceException(String message, Throwable cause, boolean misconfigured) {
    super(message, cause);
    this.misconfigured = misconfigured;
  }

  /** The source is unavailable now; waiting may help. */
  public static SourceException unavailable(String message, Throwable cause) {
    return new SourceException(message, cause, false);
  }

  /** Only a person can mend it: a wrong password, an unknown database, a missing column. */
  public static SourceException misconfigured(String message, Throwable cause) {
    return new SourceException(message, cause, true);
  }

  public boolean isMisconfigured() {
    return misconfigured;
  }
}
