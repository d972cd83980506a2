package io.actionscheduler.action;

/** A source that could not be read, or not be changed. */
public final class SourceException extends Exception {
  private enum Kind {
    UNAVAILABLE,
    MISCONFIGURED,
    CONFLICT
  }

  private final Kind kind;

  private SourceException(String message, Throwable cause, Kind kind) {
    super(message, cause);
    this.kind = kind;
  }

  /** The source is unavailable now; waiting may help. */
  public static SourceException unavailable(String message, Throwable cause) {
    return new SourceException(message, cause, Kind.UNAVAILABLE);
  }

  /** Only a person can repair it: a wrong password, an unknown database, a missing column. */
  public static SourceException misconfigured(String message, Throwable cause) {
    return new SourceException(message, cause, Kind.MISCONFIGURED);
  }

  /** Somebody else changed what was to be changed; nothing was. */
  public static SourceException conflict(String message) {
    return new SourceException(message, null, Kind.CONFLICT);
  }

  public boolean isMisconfigured() {
    return kind == Kind.MISCONFIGURED;
  }

  /** Whether the source works, and its rows are others than expected. */
  public boolean isConflict() {
    return kind == Kind.CONFLICT;
  }
}
