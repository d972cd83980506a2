package io.actionscheduler.events;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.Run;
import java.util.function.Supplier;

/**
 * A run that ended, for whoever wants to be told.
 *
 * @param id the same however often it is sent, and that of no other event
 * @param body the JSON value that is sent, the same each time; made when it is needed, since most
 *     events of a large herd are never looked at
 */
public record Event(String id, Run.Status status, String callback, Supplier<Object> body) {
  public Event {
    requireNonNull(id, "id is null");
    requireNonNull(status, "status is null");
    requireNonNull(callback, "callback is null");
    requireNonNull(body, "body is null");
  }
}
