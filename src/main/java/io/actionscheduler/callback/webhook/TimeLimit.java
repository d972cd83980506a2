package io.actionscheduler.callback.webhook;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that made it when its time is over, or when it is cut. An interrupt closes
 * sockets of channels, so none of their steps needs a limit of its own.
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

  /** Interrupts now; may be called by any thread. */
  synchronized void cut() {
    if (!over) {
      cut = true;
      thread.interrupt();
    }
  }

  /** Whether this interrupted the thread, as opposed to a stop of the thread. */
  synchronized boolean isCut() {
    return cut;
  }

  /** Does not interrupt any more. */
  @Override
  public void close() {
    synchronized (this) {
      over = true;
      if (cut) {
        Thread.interrupted(); // the interrupt was for the work that is over now
      }
    }
    end.complete(null);
  }
}
