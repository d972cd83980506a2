package io.actionscheduler.schedule;

/**
 * A schedule that cannot be understood; the message names the field, the value and what is allowed.
 */
public final class InvalidSchedule extends Exception {
  public InvalidSchedule(String message) {
    super(message);
  }
}
