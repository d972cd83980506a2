package io.actionscheduler.fire;

/**
 * The internal store could not be read or written; the message names it, the fault and the remedy.
 */
public final class StoreException extends Exception {
  private final boolean misconfigured;

  private StoreException(String message, Throwable cause, boolean misconfigured) {
    super(message, cause);
    this.misconfigured = misconfigured;
  }

  /** A fault that may pass by itself: locked, disk full, unavailable. */
  public static StoreException failing(String message, Throwable cause) {
    return new StoreException(message, cause, false);
  }

  /**
   * A fault that only a person can repair: not a database, read-only, a wrong password, a newer
   * schema.
   */
  public static StoreException misconfigured(String message, Throwable cause) {
    return new StoreException(message, cause, true);
  }

  public boolean isMisconfigured() {
    return misconfigured;
  }
}
