package io.actionscheduler.engine.target;

import io.actionscheduler.concurrent.Daemons;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that call one callback; one that hangs does not prevent the program from ending. */
final class CallbackThreads {
  /** Idle threads end, so that thousands of callbacks that fire rarely do not hold one each. */
  private static final long KEPT_SECONDS = 2;

  private CallbackThreads() {}

  /**
   * As many as are used at once, which {@link NamedCallback} bounds; one that is free is used
   * before another is made.
   */
  static ExecutorService of(String callback) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory named =
        work ->
            Daemons.named("callback-" + callback + "-" + number.incrementAndGet()).newThread(work);
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, KEPT_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named);
  }
}
