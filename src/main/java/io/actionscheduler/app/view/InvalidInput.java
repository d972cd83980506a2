package io.actionscheduler.app.view;

/** A word or a time in a question that cannot be used; the message names it and what is allowed. */
public final class InvalidInput extends Exception {
  public InvalidInput(String message) {
    super(message);
  }
}
