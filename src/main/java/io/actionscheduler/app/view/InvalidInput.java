package io.actionscheduler.app.view;

/** An invalid value of an option or parameter; the message names it and what is allowed. */
public final class InvalidInput extends Exception {
  public InvalidInput(String message) {
    super(message);
  }
}
