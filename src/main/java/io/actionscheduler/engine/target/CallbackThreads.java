package io.actionscheduler.engine.target;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that wait for one callback's target; a hung one never keeps the program from ending. */
final class CallbackThreads {
  /** Thousands of callbacks that fire now and then are not to hold a thread each. */
  private static final long KEPT_SECONDS = 2;

  private CallbackThreads() {}

  /**
   * As many as are used at once, which {@link NamedCallback} bounds; one that is free is used
   * before another is made.
   */
  static ExecutorService of(String callback) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory named =
        work -> {
          Thread thread = new Thread(work, "callback-" + callback + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, KEPT_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named);
  }
}
