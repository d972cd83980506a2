package io.actionscheduler.engine.target;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that wait for one callback's target; a hung one never keeps the program from ending. */
final class CallbackThreads {
  private CallbackThreads() {}

  static ExecutorService of(String callback, int most) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory named =
        work -> {
          Thread thread = new Thread(work, "callback-" + callback + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named);
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
