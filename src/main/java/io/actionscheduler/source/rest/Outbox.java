package io.actionscheduler.source.rest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What waits to be sent, the oldest first; when it is full, the oldest is dropped. */
final class Outbox<T> {
  private final int room;
  private final Deque<T> waiting = new ArrayDeque<>();
  private boolean closed;
  private long dropped;

  Outbox(int room) {
    this.room = room;
  }

  synchronized void put(T one) {
    if (closed) {
      dropped++;
      return;
    }
    if (waiting.size() == room) {
      waiting.poll();
      dropped++;
    }
    waiting.add(one);
    notifyAll();
  }

  /** Waits for the next; empty once this is closed and nothing is left. */
  synchronized Optional<T> take() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    return Optional.ofNullable(waiting.poll());
  }

  /** Waits {@code millis}, or until this is closed; whether it is. */
  synchronized boolean awaitClosed(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (!closed && left > 0) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return closed;
  }

  /** Accepts nothing more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Counts what was taken, and given up. */
  synchronized void drop(int count) {
    dropped += count;
  }

  /** Gives up what waits. */
  synchronized void clear() {
    dropped += waiting.size();
    waiting.clear();
  }

  /** How many were dropped since this was asked last. */
  synchronized long takeDropped() {
    long count = dropped;
    dropped = 0;
    return count;
  }
}
