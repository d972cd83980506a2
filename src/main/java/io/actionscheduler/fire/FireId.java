package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import java.time.Instant;

/**
 * Identity of one due moment: the same on every attempt and after every restart.
 *
 * @param request empty for a scheduled fire; what tells one fire by hand from another
 */
public record FireId(ActionId action, Instant scheduledAt, String request) {
  public FireId {
    requireNonNull(action, "action is null");
    requireNonNull(scheduledAt, "scheduledAt is null");
    requireNonNull(request, "request is null");
  }

  @Override
  public String toString() {
    return request.isEmpty()
        ? action + "@" + scheduledAt
        : action + "@" + scheduledAt + "#" + request;
  }
}
