package io.actionscheduler.move.out;

/** Why an action cannot be expressed exactly in another program. */
public final class NotSaid extends Exception {
  NotSaid(String reason) {
    super(reason);
  }
}
