package io.actionscheduler.action;

import static java.util.Objects.requireNonNull;

/**
 * A row that cannot be understood.
 *
 * @param message one line: the action, the column, the value and what is allowed
 */
public record Rejection(ActionId id, String message) {
  public Rejection {
    requireNonNull(id, "id is null");
    requireNonNull(message, "message is null");
  }
}
