package io.actionscheduler.events;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.Run;
import java.util.function.Supplier;

/**
 * A run that ended, in the form in which it is sent to receivers.
 *
 * @param id unique, and the same each time the event is sent
 * @param body makes the JSON value that is sent, the same each time; only when it is needed, since
 *     many events are dropped unsent
 */
public record Event(String id, Run.Status status, String callback, Supplier<Object> body) {
  public Event {
    requireNonNull(id, "id is null");
    requireNonNull(status, "status is null");
    requireNonNull(callback, "callback is null");
    requireNonNull(body, "body is null");
  }
}
