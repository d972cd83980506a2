package io.actionscheduler.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * The latest events, each with an id that is larger than those before. Adding an event costs next
 * to nothing, since its data are only computed when a client reads it. Safe for use by many
 * threads.
 */
public final class EventLog {
  /** How many are kept for clients that reconnect. */
  public static final int KEPT = 1_000;

  private final Deque<Event> kept = new ArrayDeque<>();
  private long last;

  /**
   * One event.
   *
   * @param type readers choose events by it: {@code run}
   * @param data a JSON value
   */
  public record Event(long id, String type, Supplier<Object> data) {}

  /**
   * The events after an id.
   *
   * @param missed how many more there were that are no longer kept
   */
  public record News(List<Event> events, long missed) {}

  public synchronized void add(String type, Supplier<Object> data) {
    kept.addLast(new Event(++last, type, data));
    if (kept.size() > KEPT) {
      kept.removeFirst();
    }
  }

  /** The id of the latest event; 0 before the first. */
  public synchronized long last() {
    return last;
  }

  synchronized News after(long id) {
    if (id >= last) {
      return new News(List.of(), 0);
    }
    List<Event> events = new ArrayList<>();
    for (Event event : kept) {
      if (event.id() > id) {
        events.add(event);
      }
    }
    return new News(events, last - id - events.size());
  }
}
