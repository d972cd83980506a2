package io.actionscheduler.api;

import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.RunListener;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes runs from the engine's thread, where nothing may take time, and tells them on a thread of
 * its own: to the statistics, to whoever follows, to webhooks.
 */
final class RunFeed implements RunListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunFeed.class);
  private static final long LOOK_MILLIS = 100;

  private final Queue<Run> ended = new ConcurrentLinkedQueue<>();
  private final List<Consumer<Run>> listeners;
  private final ScheduledExecutorService thread =
      Executors.newScheduledThreadPool(
          1,
          work -> {
            Thread daemon = new Thread(work, "runs");
            daemon.setDaemon(true);
            return daemon;
          });

  RunFeed(List<Consumer<Run>> listeners) {
    this.listeners = List.copyOf(listeners);
    thread.scheduleWithFixedDelay(this::tell, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void ended(Run run) {
    ended.add(run);
  }

  private void tell() {
    try {
      for (Run run = ended.poll(); run != null; run = ended.poll()) {
        for (Consumer<Run> listener : listeners) {
          listener.accept(run);
        }
      }
    } catch (RuntimeException | Error e) { // one run that cannot be told must not end all of this
      LOG.error("a defect while telling of a run", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
