package io.actionscheduler.app.alert;

import io.actionscheduler.app.lifecycle.Companion;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.config.Settings;
import io.actionscheduler.engine.Status;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.RunListener;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Verified;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the state of the scheduler once a second, and sends the alerts that follow from it. */
public final class AlertWatch implements RunListener, Companion.Started {
  private static final Logger LOG = LoggerFactory.getLogger(AlertWatch.class);
  private static final int VERIFIED_EVERY = 30; // checks

  private final Running running;
  private final Optional<AlertRules> rules;
  private final Optional<Alerts> alerts;
  private final Optional<FailureLimit> limit;
  private final Queue<Run> ended = new ConcurrentLinkedQueue<>();
  private Optional<Verified> verified = Optional.empty();
  private int looks;
  private final ScheduledExecutorService thread = Daemons.timer("alerts");

  private AlertWatch(Running running, Optional<Alerts> alerts, Optional<FailureLimit> limit) {
    this.running = running;
    this.alerts = alerts;
    this.rules = running.parts().settings().alerts().map(AlertRules::new);
    this.limit = limit;
  }

  /** Runs a watch beside the scheduler where the settings ask for alerts or for disable_after. */
  public static Companion companion() {
    return running -> {
      Settings settings = running.parts().settings();
      if (settings.alerts().isEmpty() && settings.disableAfter().isEmpty()) {
        return Companion.NONE.start(running);
      }
      AlertWatch watch =
          new AlertWatch(
              running,
              settings.alerts().map(to -> Alerts.to(to, running.parts())),
              settings.disableAfter().map(most -> new FailureLimit(most, running)));
      running.engine().tell(watch);
      watch.thread.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
      return watch;
    };
  }

  @Override
  public void ended(Run run) {
    if (run.status() == Run.Status.FAILED || run.status() == Run.Status.SUCCESS) {
      ended.add(run.withoutOutput());
    }
  }

  private void look() {
    try {
      Duration steady = Duration.ofNanos(System.nanoTime());
      List<Alert> found = new ArrayList<>();
      for (Run run = ended.poll(); run != null; run = ended.poll()) {
        rules.ifPresent(told(run, steady));
        limit.ifPresent(count(run, found));
      }
      alerts.ifPresent(to -> found.forEach(to::send));
      if (running.health().isReady()) {
        limit.ifPresent(counted -> counted.keepOnly(running.health().sources()));
      }
      if (rules.isPresent() && running.health().isReady()) {
        List<Alert> changes = rules.get().changes(seen(steady));
        alerts.ifPresent(to -> changes.forEach(to::send));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the scheduler stops
    } catch (RuntimeException | Error e) { // the next check may succeed
      LOG.error("a defect while checking for alerts", e);
    }
  }

  private static Consumer<AlertRules> told(Run run, Duration steady) {
    return rules -> rules.ended(run, steady);
  }

  private static Consumer<FailureLimit> count(Run run, List<Alert> found) {
    return limit -> limit.ended(run).ifPresent(found::add);
  }

  private Seen seen(Duration steady) throws InterruptedException {
    if (looks++ % VERIFIED_EVERY == 0) {
      try {
        verified = running.store().lastVerified();
      } catch (StoreException e) {
        LOG.debug("the last verification was not read: {}", e.getMessage());
      }
    }
    Instant now = running.parts().clock().instant();
    boolean blackout = running.calendars().now().blackouts().contain(now);
    return new Seen(now, steady, engine(), running.health().sources(), verified, blackout);
  }

  private Optional<Status> engine() throws InterruptedException {
    try {
      return Optional.of(running.engine().status().get(1, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the present check, then sends waiting alerts: two seconds at most for each. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(2, TimeUnit.SECONDS);
      alerts.ifPresent(Alerts::close);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }
}
