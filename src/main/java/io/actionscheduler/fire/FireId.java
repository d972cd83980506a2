package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Identity of one due moment: the same on every attempt and after every restart.
 *
 * @param request distinguishes fires by hand; empty for a scheduled fire
 */
public record FireId(ActionId action, Instant scheduledAt, String request) {
  public FireId {
    requireNonNull(action, "action is null");
    requireNonNull(scheduledAt, "scheduledAt is null");
    requireNonNull(request, "request is null");
  }

  /** Reads what {@link #toString} writes, or empty for anything else. */
  public static Optional<FireId> parse(String text) {
    int at = text.lastIndexOf('@'); // an action's id may contain one, a time cannot
    if (at < 1) {
      return Optional.empty();
    }
    String rest = text.substring(at + 1);
    int hash = rest.indexOf('#');
    try {
      return Optional.of(
          new FireId(
              new ActionId(text.substring(0, at)),
              Instant.parse(hash < 0 ? rest : rest.substring(0, hash)),
              hash < 0 ? "" : rest.substring(hash + 1)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return request.isEmpty()
        ? action + "@" + scheduledAt
        : action + "@" + scheduledAt + "#" + request;
  }
}
