package io.actionscheduler.engine.target;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * What waits for one callback, in two queues: fires on time or in retry, first come first served;
 * and late fires, those that expire soonest first, and those that never expire by their scheduled
 * time.
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

  /** Removes the next one from the queue of fires on time, which must not be empty. */
  F takeOnTime() {
    return onTime.remove();
  }

  /** Removes the next one from the queue of late fires, which must not be empty. */
  F takeLate() {
    return late.remove().firing();
  }
}
