package io.actionscheduler.callback.code;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The jobs of one callback that are under way, for ending them together. Thread-safe. */
final class JobGroup implements AutoCloseable {
  private final Set<RunningJob> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  boolean isClosed() {
    return closed;
  }

  void add(RunningJob job) {
    underWay.add(job);
    if (closed) { // checked after adding, since close() may have run in between
      job.stop();
    }
  }

  void remove(RunningJob job) {
    underWay.remove(job);
  }

  /** Ends all of them, and each that is added later. */
  @Override
  public void close() {
    closed = true;
    underWay.forEach(RunningJob::stop);
  }
}
