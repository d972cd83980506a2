package io.actionscheduler.callback.kafka.exactlyonce;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.concurrent.Daemons;
import java.util.Collection;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Does the same with several things, some of them at the same time. Thread-safe. */
final class SideBySide implements AutoCloseable {
  /** Enough to wait for the brokers at the same time, and few beside the threads of producers. */
  private static final int MOST = 8;

  // Work that comes after the end is done by whoever asks for it.
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          MOST,
          MOST,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Daemons.named("kafka-shards"),
          (work, pool) -> work.run());

  SideBySide() {
    threads.allowCoreThreadTimeOut(true);
  }

  /** What is done with one of them. */
  @FunctionalInterface
  interface Work<T> {
    void with(T one) throws InterruptedException;
  }

  /**
   * Returns when everything that was begun has ended. After an interrupt or a failure, nothing more
   * is begun; an interrupt is passed on to what is under way.
   *
   * @param notBegun receives each one with which nothing was done
   * @throws InterruptedException when the calling thread was interrupted, and nothing failed
   *     otherwise
   * @throws RuntimeException or an error: the first failure
   */
  <T> void each(Collection<T> all, Work<T> work, Consumer<T> notBegun) throws InterruptedException {
    Round<T> round = new Round<>(all, work);
    int workers = Math.min(MOST, all.size());
    CountDownLatch done = new CountDownLatch(workers);
    for (int i = 0; i < workers; i++) {
      threads.execute(
          () -> {
            try {
              round.take();
            } finally {
              done.countDown();
            }
          });
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
    round.rethrow();
    if (interrupted) {
      throw new InterruptedException("stopped");
    }
  }

  private static final class Round<T> {
    private final Queue<T> waiting;
    private final Work<T> work;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
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
        failure.compareAndSet(null, e);
      } finally {
        leave();
      }
    }

    private synchronized T next() {
      if (stopped || failure.get() != null) {
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

    private void rethrow() {
      Throwable first = failure.get();
      if (first instanceof Error error) {
        throw error;
      }
      if (first != null) {
        throw (RuntimeException) first;
      }
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
