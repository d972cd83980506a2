package io.actionscheduler.cli;

/** Arguments that cannot be used; the message says which, why, and what is allowed. */
final class WrongUsage extends Exception {
  WrongUsage(String message) {
    super(message);
  }
}
