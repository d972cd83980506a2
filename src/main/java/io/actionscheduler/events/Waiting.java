package io.actionscheduler.events;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Events of one receiver that wait: those that may be sent now, in order, and those that were
 * refused and wait for their next attempt. Times are nanoseconds of a monotonic clock.
 */
final class Waiting {
  private final Deque<Letter> ready = new ArrayDeque<>();
  private final PriorityQueue<Letter> later =
      new PriorityQueue<>(Comparator.comparingLong(Letter::notBefore));

  /**
   * An event on its way.
   *
   * @param born when it was queued
   * @param attempts so far that the receiver answered
   * @param notBefore when it may be sent
   */
  record Letter(Event event, long born, int attempts, long notBefore) {
    static Letter of(Event event, long now) {
      return new Letter(event, now, 0, now);
    }

    Letter refused(long now, Duration wait) {
      return new Letter(event, born, attempts + 1, now + wait.toNanos());
    }
  }

  int size() {
    return ready.size() + later.size();
  }

  boolean hasRefused() {
    return !later.isEmpty();
  }

  void addLast(Letter letter) {
    ready.addLast(letter);
  }

  void addFirst(Letter letter) {
    ready.addFirst(letter);
  }

  void addLater(Letter letter) {
    later.add(letter);
  }

  /** Removes the next that may be sent now; empty where there is none. */
  Optional<Letter> next(long now) {
    while (!later.isEmpty() && later.peek().notBefore() - now <= 0) {
      ready.addLast(later.poll());
    }
    return Optional.ofNullable(ready.pollFirst());
  }

  /** Drops the oldest that may be sent now; without one, the refused one that is due first. */
  void dropOldest() {
    if (ready.pollFirst() == null) {
      later.poll();
    }
  }

  void clear() {
    ready.clear();
    later.clear();
  }
}
