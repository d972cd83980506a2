package io.actionscheduler.template;

/** A template that cannot be compiled; the message says what is wrong in it and what is allowed. */
public final class InvalidTemplate extends Exception {
  InvalidTemplate(String message) {
    super(message);
  }
}
