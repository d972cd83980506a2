package io.actionscheduler.engine.target;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * What waits for one callback: what is on time or in retry, in the order of its coming, and what is
 * late, of which what expires soonest goes first, and what never expires by its time.
 */
final class WaitingQueue<F> {
  private final Queue<F> onTime = new ArrayDeque<>();
  private final PriorityQueue<Late<F>> late = new PriorityQueue<>();

  private record Late<F>(F firing, Instant expiresAt, Instant scheduledAt)
      implements Comparable<Late<F>> {
    @Override
    public int compareTo(Late<F> other) {
      int byExpiry = expiresAt.compareTo(other.expiresAt);
      return byExpiry == 0 ? scheduledAt.compareTo(other.scheduledAt) : byExpiry;
    }
  }

  void add(F firing) {
    onTime.add(firing);
  }

  /**
   * @param expiresAt {@link Instant#MAX} for never
   */
  void addLate(F firing, Instant expiresAt, Instant scheduledAt) {
    late.add(new Late<>(firing, expiresAt, scheduledAt));
  }

  int onTime() {
    return onTime.size();
  }

  int late() {
    return late.size();
  }

  int size() {
    return onTime.size() + late.size();
  }

  /** Takes out the next one that is on time; there is one. */
  F takeOnTime() {
    return onTime.remove();
  }

  /** Takes out the next one that is late; there is one. */
  F takeLate() {
    return late.remove().firing();
  }
}
