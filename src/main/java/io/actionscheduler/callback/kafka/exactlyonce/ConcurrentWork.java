package io.actionscheduler.callback.kafka.exactlyonce;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.concurrent.Failures;
import java.util.Collection;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Does the same with several things, some of them concurrently. Thread-safe. */
final class ConcurrentWork implements AutoCloseable {
  /** Enough to wait for the brokers at the same time, and few beside the threads of producers. */
  private static final int MOST = 8;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          MOST,
          MOST,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Daemons.named("kafka-shards"));

  ConcurrentWork() {
    threads.allowCoreThreadTimeOut(true);
  }

  /** What is done with one of them. */
  @FunctionalInterface
  interface Work<T> {
    void with(T one) throws InterruptedException;
  }

  /**
   * Returns when everything that was begun has ended. After an interrupt or a failure, nothing more
   * is begun, and nothing at all once this is closed; an interrupt is passed on to what is under
   * way.
   *
   * @param notBegun receives each one with which nothing was done
   * @throws InterruptedException when the calling thread was interrupted, and nothing failed
   *     otherwise
   * @throws RuntimeException or an error: the first failure, in which others are suppressed
   */
  <T> void each(Collection<T> all, Work<T> work, Consumer<T> notBegun) throws InterruptedException {
    Round<T> round = new Round<>(all, work);
    int workers = Math.min(MOST, all.size());
    CountDownLatch done = new CountDownLatch(workers);
    for (int i = 0; i < workers; i++) {
      try {
        threads.execute(
            () -> {
              try {
                round.take();
              } finally {
                done.countDown();
              }
            });
      } catch (RejectedExecutionException e) { // closed: what nobody takes is not begun
        done.countDown();
      }
    }
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        round.interrupt();
      }
    }
    round.waiting.forEach(notBegun);
    round.failures.rethrow();
    if (interrupted) {
      throw new InterruptedException("stopped");
    }
  }

  private static final class Round<T> {
    private final Queue<T> waiting;
    private final Work<T> work;
    private final Failures failures = new Failures();
    private final Set<Thread> working = new HashSet<>();
    private boolean stopped;

    private Round(Collection<T> all, Work<T> work) {
      this.waiting = new ConcurrentLinkedQueue<>(all);
      this.work = requireNonNull(work, "work is null");
    }

    /** Does one after the other, on the calling thread. */
    private void take() {
      try {
        for (T next = next(); next != null; next = next()) {
          work.with(next);
        }
      } catch (InterruptedException e) {
        // whoever interrupts throws this itself
      } catch (RuntimeException | Error e) {
        failures.add(e);
      } finally {
        leave();
      }
    }

    private synchronized T next() {
      if (stopped || !failures.areNone()) {
        return null;
      }
      working.add(Thread.currentThread());
      return waiting.poll();
    }

    private synchronized void leave() {
      working.remove(Thread.currentThread());
      if (stopped) {
        Thread.interrupted(); // meant for this round only
      }
    }

    private synchronized void interrupt() {
      stopped = true;
      working.forEach(Thread::interrupt);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
