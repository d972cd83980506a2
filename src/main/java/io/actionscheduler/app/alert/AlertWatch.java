package io.actionscheduler.app.alert;

import io.actionscheduler.app.lifecycle.Companion;
import io.actionscheduler.app.lifecycle.Reloads;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Settings;
import io.actionscheduler.config.SettingsChange;
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
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the state of the scheduler once a second, and sends the alerts that follow from it. */
public final class AlertWatch implements RunListener, Reloads.Part, Companion.Started {
  private static final Logger LOG = LoggerFactory.getLogger(AlertWatch.class);
  private static final int VERIFIED_EVERY = 30; // checks

  private final Running running;
  private volatile Optional<AlertRules> rules = Optional.empty(); // replaced by the thread only
  private final Alerts alerts;

  /** By the latest settings, of which the thread may not know yet; the next ones follow them. */
  private volatile Set<String> receivers = Set.of();

  private final Optional<FailureLimit> limit;
  private final Queue<Run> ended = new ConcurrentLinkedQueue<>();
  private Optional<Verified> verified = Optional.empty();
  private int looks;
  private final ScheduledExecutorService thread = Daemons.timer("alerts");

  private AlertWatch(Running running) {
    this.running = running;
    this.alerts = new Alerts(running.parts());
    this.limit =
        running.parts().settings().disableAfter().map(most -> new FailureLimit(most, running));
  }

  /**
   * Runs a watch beside the scheduler; it does nothing while the settings ask for no alerts and no
   * disable_after.
   *
   * @param reloads has the settings, which the watch follows
   */
  public static Companion companion(Reloads reloads) {
    return running -> {
      AlertWatch watch = new AlertWatch(running);
      Settings settings = running.parts().settings();
      try {
        watch.use(settings, watch.alerts.made(settings, name -> true));
        watch.receivers = Set.copyOf(Alerts.receivers(settings));
      } catch (InvalidConfig e) { // the scheduler made its own callbacks of the same settings
        throw new IllegalStateException(e);
      }
      running.engine().tell(watch);
      watch.thread.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
      Runnable leave = reloads.follow(watch);
      return () -> {
        leave.run();
        watch.close();
      };
    };
  }

  @Override
  public Reloads.Next prepare(Settings settings, SettingsChange change) throws InvalidConfig {
    Set<String> remade = change.callbacks().other();
    Alerts.Receivers made =
        alerts.made(settings, name -> !receivers.contains(name) || remade.contains(name));
    return new Reloads.Next() {
      @Override
      public void use() {
        try {
          thread.execute(() -> AlertWatch.this.use(settings, made));
          receivers = Set.copyOf(Alerts.receivers(settings));
        } catch (RejectedExecutionException e) { // stopped meanwhile
          made.close();
        }
      }

      @Override
      public void drop() {
        made.close();
      }
    };
  }

  private void use(Settings settings, Alerts.Receivers made) {
    alerts.use(settings, made);
    Optional<AlertRules> before = rules;
    rules =
        settings
            .alerts()
            .map(
                next -> {
                  before.ifPresent(known -> known.use(next));
                  return before.orElseGet(
                      () -> new AlertRules(next, running.engine().lateStarts()));
                });
  }

  @Override
  public void ended(Run run) {
    boolean counts = run.status() == Run.Status.FAILED || run.status() == Run.Status.SUCCESS;
    if (counts && (rules.isPresent() || limit.isPresent())) {
      ended.add(run.withoutOutput());
    }
  }

  @Override
  public void failed(Run run) {
    ended(run);
  }

  @Override
  public void handedOver(Run run) {
    // it was counted when it failed; what its action did since counts more
  }

  private void look() {
    try {
      Duration steady = Duration.ofNanos(System.nanoTime());
      List<Alert> found = new ArrayList<>();
      for (Run run = ended.poll(); run != null; run = ended.poll()) {
        rules.ifPresent(told(run, steady));
        limit.ifPresent(count(run, found));
      }
      if (rules.isPresent()) {
        found.forEach(alerts::send);
      }
      if (running.health().isReady()) {
        limit.ifPresent(counted -> counted.keepOnly(running.health().sources()));
      }
      if (rules.isPresent() && running.health().isReady()) {
        rules.get().changes(seen(steady)).forEach(alerts::send);
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
      alerts.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }
}
