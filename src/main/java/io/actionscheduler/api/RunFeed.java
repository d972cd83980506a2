package io.actionscheduler.api;

import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.RunListener;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes ended runs from the engine's thread, where nothing may take time, and passes them on from a
 * thread of its own: to the statistics, to clients that follow events, to webhooks.
 */
final class RunFeed implements RunListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunFeed.class);
  private static final long LOOK_MILLIS = 100;

  private final Queue<Consumer<RunListener>> told = new ConcurrentLinkedQueue<>();
  private final List<RunListener> listeners;
  private final ScheduledExecutorService thread = Daemons.timer("runs");

  RunFeed(List<RunListener> listeners) {
    this.listeners = List.copyOf(listeners);
    thread.scheduleWithFixedDelay(this::tell, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Does {@code work} on its thread before anything is passed on that it is told from now on. */
  void first(Runnable work) {
    thread.execute(work);
  }

  @Override
  public void ended(Run run) {
    told.add(listener -> listener.ended(run));
  }

  @Override
  public void failed(Run run) {
    told.add(listener -> listener.failed(run));
  }

  @Override
  public void handedOver(Run run) {
    told.add(listener -> listener.handedOver(run));
  }

  private void tell() {
    try {
      for (Consumer<RunListener> one = told.poll(); one != null; one = told.poll()) {
        listeners.forEach(one);
      }
    } catch (RuntimeException
        | Error e) { // one run that cannot be passed on must not stop the others
      LOG.error("a defect while passing on a run", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
