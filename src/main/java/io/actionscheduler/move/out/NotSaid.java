package io.actionscheduler.move.out;

/** Why another program cannot say an action exactly. */
public final class NotSaid extends Exception {
  NotSaid(String reason) {
    super(reason);
  }
}
