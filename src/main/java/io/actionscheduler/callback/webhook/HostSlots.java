package io.actionscheduler.callback.webhook;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Limits the requests to one host at the same time, and so the connections to it. */
final class HostSlots {
  static final long MOMENT_NANOS = 100_000_000L;

  private final int perHost;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Map<String, Integer> used = new HashMap<>(); // only hosts in use

  HostSlots(int perHost) {
    this.perHost = perHost;
  }

  /** Waits for a slot; gives whether there was one within {@code nanos}. */
  boolean take(String host, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (used.getOrDefault(host, 0) >= perHost) {
        if (left <= 0) {
          return false;
        }
        left = freed.awaitNanos(left);
      }
      used.merge(host, 1, Integer::sum);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until some request has ended, but only briefly, since not every end is reported here. */
  void awaitFreed() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      freed.awaitNanos(MOMENT_NANOS); // the caller checks again
    } finally {
      lock.unlock();
    }
  }

  void giveBack(String host) {
    lock.lock();
    try {
      used.computeIfPresent(host, (name, count) -> count == 1 ? null : count - 1);
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
