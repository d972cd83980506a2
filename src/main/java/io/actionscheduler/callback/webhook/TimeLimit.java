package io.actionscheduler.callback.webhook;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that made it when its time is over, or when it is cut: sockets of channels,
 * which are closed by that, need no limit of their own for any of their steps.
 */
final class TimeLimit implements AutoCloseable {
  private final Thread thread = Thread.currentThread();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private boolean over;
  private boolean cut;

  TimeLimit(long nanos) {
    end.orTimeout(Math.max(1, nanos), TimeUnit.NANOSECONDS)
        .whenComplete(
            (done, late) -> {
              if (late != null) {
                cut();
              }
            });
  }

  /** Ends it now, from any thread. */
  synchronized void cut() {
    if (!over) {
      cut = true;
      thread.interrupt();
    }
  }

  /** Whether it was this that interrupted, rather than somebody who wants the thread to end. */
  synchronized boolean isCut() {
    return cut;
  }

  /** Interrupts nothing any more. */
  @Override
  public void close() {
    synchronized (this) {
      over = true;
      if (cut) {
        Thread.interrupted(); // it was meant for what is over now
      }
    }
    end.complete(null);
  }
}
