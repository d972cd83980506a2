package io.actionscheduler.text;

/** Text that is not JSON; the message says what is wrong and where. */
public final class InvalidJson extends Exception {
  public InvalidJson(String message) {
    super(message);
  }
}
