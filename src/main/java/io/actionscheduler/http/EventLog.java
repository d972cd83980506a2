package io.actionscheduler.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * The latest events, each with an id that is larger than those before. Adding one costs next to
 * nothing: what it says is made when somebody reads it. Safe for use by many threads.
 */
public final class EventLog {
  /** As many are there for whoever comes back. */
  public static final int KEPT = 1_000;

  private final Deque<Event> kept = new ArrayDeque<>();
  private long last;

  /**
   * One event.
   *
   * @param type what readers choose by: {@code run}
   * @param data a JSON value
   */
  public record Event(long id, String type, Supplier<Object> data) {}

  /**
   * What came after an id.
   *
   * @param missed how many more came, and are gone
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
