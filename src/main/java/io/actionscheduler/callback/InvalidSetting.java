package io.actionscheduler.callback;

/**
 * A setting of a callback that cannot be used. The message is the setting's whole key, a colon and
 * a space, then the value and what is allowed.
 */
public final class InvalidSetting extends Exception {
  public InvalidSetting(String message) {
    super(message);
  }

  public InvalidSetting(String message, Throwable cause) {
    super(message, cause);
  }
}
