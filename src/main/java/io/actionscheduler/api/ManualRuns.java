package io.actionscheduler.api;

import io.actionscheduler.action.Action;
import io.actionscheduler.app.manual.ManualDelivery;
import io.actionscheduler.app.manual.ManualFire;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.fire.FireId;
import io.actionscheduler.http.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fires that are asked for over HTTP, each on a thread of its own: a run may take long. */
final class ManualRuns implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ManualRuns.class);
  private static final int MOST = 20;

  private final Parts parts;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          MOST,
          30,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          work -> {
            Thread thread = new Thread(work, "run by hand");
            thread.setDaemon(true);
            return thread;
          });

  ManualRuns(Parts parts) {
    this.parts = parts;
  }

  /**
   * Starts a fire of {@code action}.
   *
   * @param client who asked, for the log
   * @return the answer to the client, before the run ends
   * @throws Problem 429 where too many are under way
   */
  Map<String, Object> start(Action action, String client) throws Problem {
    Instant at = parts.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    String request = ManualDelivery.newRequest();
    FireId id = new FireId(action.id(), at, request);
    try {
      threads.execute(() -> fire(action, id));
    } catch (RejectedExecutionException e) {
      throw Problem.of(429, MOST + " runs by hand are under way; wait until one has ended")
          .header("Retry-After", "5");
    }
    LOG.info("{} fires by hand, asked by {}: {}", action.label(), client, id);
    Map<String, Object> started = new LinkedHashMap<>();
    started.put("job_id", RunView.id(action.id()));
    started.put("fire_id", id.toString());
    started.put("status", "running");
    started.put("scheduled_at", JobView.utc(at));
    started.put("message", "started; its record is among the runs of the job once it has ended");
    return started;
  }

  private void fire(Action action, FireId id) {
    ManualFire hand = new ManualFire(parts);
    try {
      hand.fire(action, id);
      hand.unrecorded().ifPresent(why -> LOG.warn("{} is not in the history: {}", id, why));
    } catch (InvalidSetting e) {
      LOG.warn("{} could not fire by hand: {}", action.label(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the scheduler stops
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
