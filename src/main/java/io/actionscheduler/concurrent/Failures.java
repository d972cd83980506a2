package io.actionscheduler.concurrent;

import java.util.Optional;

/**
 * What failed of several pieces of work that are all done: the first failure, in which the others
 * are suppressed. Thread-safe.
 */
public final class Failures {
  private Optional<Throwable> first = Optional.empty();

  /** Does {@code work}, and keeps what it throws. */
  public void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      add(e);
    }
  }

  /**
   * Keeps a failure.
   *
   * @param failure a {@link RuntimeException} or an {@link Error}
   */
  public synchronized void add(Throwable failure) {
    if (first.isEmpty()) {
      first = Optional.of(failure);
    } else if (first.get() != failure) { // nothing can be suppressed in itself
      first.get().addSuppressed(failure);
    }
  }

  /** Whether nothing failed so far. */
  public synchronized boolean areNone() {
    return first.isEmpty();
  }

  /**
   * Does nothing where nothing failed.
   *
   * @throws RuntimeException or an error: the first failure
   */
  public synchronized void rethrow() {
    if (first.isPresent()) {
      if (first.get() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) first.get();
    }
  }
}
