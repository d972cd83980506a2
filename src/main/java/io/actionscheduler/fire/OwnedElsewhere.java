package io.actionscheduler.fire;

/** Another process owns the store; the message names it: host, pid, since when, and the remedy. */
public final class OwnedElsewhere extends Exception {
  public OwnedElsewhere(String message) {
    super(message);
  }
}
