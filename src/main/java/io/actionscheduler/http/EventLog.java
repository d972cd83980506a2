package io.actionscheduler.http;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The latest events of a term, each with an id that is larger than those before, also than those of
 * earlier terms unless the clock was set back. Adding an event costs next to nothing, since its
 * data are only computed when a client reads it. Safe for use by many threads.
 */
public final class EventLog {
  /** How many are kept for clients that reconnect. */
  public static final int KEPT = 1_000;

  private static final long IDS_A_MILLISECOND = 1_000; // more than a term has in that time

  private final Deque<Event> kept = new ArrayDeque<>();
  private final long begin;
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
   * @param last the id of the latest event
   * @param missed how many more there were that are no longer kept; empty when nobody knows, since
   *     the id is of another term
   */
  record News(List<Event> events, long last, OptionalLong missed) {}

  /**
   * @param begun when the term began: ids begin there, so that a client that comes back after a
   *     restart does not take new events for those that it knows
   */
  public EventLog(Instant begun) {
    this.begin = begun.toEpochMilli() * IDS_A_MILLISECOND;
    this.last = begin;
  }

  public synchronized void add(String type, Supplier<Object> data) {
    kept.addLast(new Event(++last, type, data));
    if (kept.size() > KEPT) {
      kept.removeFirst();
    }
  }

  /** The id of the latest event; before the first, an id that is smaller than those to come. */
  public synchronized long last() {
    return last;
  }

  /** The events after the one that a client saw last. */
  synchronized News after(long id) {
    boolean isKnown = id >= begin && id <= last;
    List<Event> events = new ArrayList<>();
    if (id != last) {
      for (Event event : kept) {
        if (!isKnown || event.id() > id) {
          events.add(event);
        }
      }
    }
    return new News(
        events, last, isKnown ? OptionalLong.of(last - id - events.size()) : OptionalLong.empty());
  }
}
