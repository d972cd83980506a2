package io.actionscheduler.cluster.simulation;

import java.util.PriorityQueue;

/** Time that goes from one event to the next, in milliseconds; all in one thread. */
final class VirtualTime {
  private record Event(long at, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now;
  private long order;

  long now() {
    return now;
  }

  void in(long delay, Runnable what) {
    at(now + delay, what);
  }

  void at(long time, Runnable what) {
    events.add(new Event(Math.max(now, time), order++, what));
  }

  void runUntil(long end) {
    while (!events.isEmpty() && events.peek().at <= end) {
      Event next = events.poll();
      now = next.at;
      next.what.run();
    }
    now = end;
  }
}
