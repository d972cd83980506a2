package io.actionscheduler.concurrent;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the process alive. Whoever makes an executor shuts it down. */
public final class Daemons {
  private Daemons() {}

  /** Makes threads of this name. */
  public static ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** One thread for work that is done one after the other. */
  public static ExecutorService worker(String name) {
    return Executors.newSingleThreadExecutor(named(name));
  }

  /** One thread for work at a later time, or again and again. */
  public static ScheduledExecutorService timer(String name) {
    return Executors.newScheduledThreadPool(1, named(name));
  }
}
