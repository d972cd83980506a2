package io.actionscheduler.api;

import io.actionscheduler.action.Action;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.app.manual.ManualDelivery;
import io.actionscheduler.app.manual.ManualFire;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.FireId;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.RunListener;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.http.Door;
import io.actionscheduler.http.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Fires that are asked for over HTTP, each on a thread of its own: a run may take long. */
final class ManualRuns implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ManualRuns.class);
  private static final int MOST = 20;

  private final Running running;
  private final RunListener told;
  private final Map<FireId, Run> underWay = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0, MOST, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), Daemons.named("run by hand"));

  /**
   * @param told hears of every run that ended
   */
  ManualRuns(Running running, RunListener told) {
    this.running = running;
    this.told = told;
  }

  /** The runs that have not ended, in no particular order. */
  Collection<Run> underWay() {
    return underWay.values();
  }

  /**
   * Starts a fire of {@code action}.
   *
   * @param client who asked, for the log
   * @return the answer to the client, before the run ends
   * @throws Problem 429 where too many are under way
   */
  Map<String, Object> start(Action action, String client) throws Problem {
    Instant at = running.parts().clock().instant().truncatedTo(ChronoUnit.MILLIS);
    String request = ManualDelivery.newRequest();
    FireId id = new FireId(action.id(), at, request);
    underWay.put(id, run(action, id));
    try {
      Optional<String> asked = Optional.ofNullable(MDC.get(Door.REQUEST));
      threads.execute(
          () -> {
            asked.ifPresent(asking -> MDC.put(Door.REQUEST, asking));
            fire(action, id);
            MDC.clear();
          });
    } catch (RejectedExecutionException e) {
      underWay.remove(id);
      throw Problem.of(429, MOST + " runs by hand are under way; wait until one has ended")
          .header("Retry-After", "5");
    }
    LOG.info("{} fires by hand, asked by {}: {}", action.label(), client, id);
    Map<String, Object> started = new LinkedHashMap<>();
    started.put("job_id", RunView.id(action.id()));
    started.put("fire_id", id.toString());
    started.put("status", "running");
    started.put("scheduled_at", JobView.utc(at));
    started.put(
        "message", "started; it is among the runs of the job, with its outcome when it has ended");
    return started;
  }

  private void fire(Action action, FireId id) {
    ManualFire hand = new ManualFire(running.parts(), this::place, told::ended);
    try {
      hand.fire(action, id);
      hand.unrecorded().ifPresent(why -> LOG.warn("{} is not in the history: {}", id, why));
    } catch (InvalidSetting e) {
      LOG.warn("{} could not fire by hand: {}", action.label(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the scheduler stops
    } finally {
      underWay.remove(id);
    }
  }

  private Runnable place(String callback) throws InterruptedException {
    CompletableFuture<Runnable> place = running.engine().place(callback);
    try {
      return place.get();
    } catch (InterruptedException e) {
      if (!place.cancel(false)) {
        place.join().run(); // the place was given at the same moment: it is given back
      }
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // the engine completes it with a place or not at all
    }
  }

  private static Run run(Action action, FireId id) {
    return new Run(
        new ProgressKey(action.id(), action.policy().callbacks().get(0)),
        action.name(),
        Stretch.of(id.scheduledAt()),
        id.request(),
        Cause.MANUAL,
        Run.Status.RUNNING,
        Optional.of(id.scheduledAt()),
        id.scheduledAt(),
        1,
        0,
        "",
        "");
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
