package io.actionscheduler.app.parts;

import io.actionscheduler.action.RetryPolicy;
import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Problem;
import io.actionscheduler.config.Settings;
import io.actionscheduler.engine.target.NamedCallbackSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every callback that the settings name, made once and closed once. */
public final class ConfiguredCallbacks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredCallbacks.class);

  /**
   * Enough threads that one hanging callback delays no other, and few for thousands of callbacks.
   */
  private static final int MOST_WARM_UPS = 16;

  private final List<NamedCallbackSettings> settings = new ArrayList<>();
  private final CallbackMaker callbacks;
  private final JobProcesses processes;

  private ConfiguredCallbacks(CallbackMaker callbacks, JobProcesses processes) {
    this.callbacks = callbacks;
    this.processes = processes;
  }

  /**
   * Makes all of them, without connecting.
   *
   * @param failing called by a callback with the reason why the program cannot continue
   * @throws InvalidConfig with every problem of their settings; then none is left open
   */
  public static ConfiguredCallbacks of(
      Settings settings, InstantSource clock, Consumer<String> failing) throws InvalidConfig {
    return of(settings, clock, CallbackHost.alone(failing));
  }

  /**
   * Makes all of them; none connects yet.
   *
   * @throws InvalidConfig with every problem of their settings; then none is left open
   */
  public static ConfiguredCallbacks of(Settings settings, InstantSource clock, CallbackHost host)
      throws InvalidConfig {
    JobProcesses processes = JobProcesses.of(settings);
    ConfiguredCallbacks outlets =
        new ConfiguredCallbacks(CallbackMaker.of(settings, clock, host, processes), processes);
    List<Problem> problems = new ArrayList<>(outlets.callbacks.unknownSettings());
    for (Settings.Named named : settings.callbacks().values()) {
      try {
        outlets.add(named.name(), outlets.callbacks.create(named), settings);
      } catch (InvalidSetting e) {
        problems.addAll(outlets.callbacks.problems(named, e));
      }
    }
    if (!problems.isEmpty()) {
      outlets.close();
      throw new InvalidConfig(problems);
    }
    return outlets;
  }

  private void add(String name, BatchCallback callback, Settings from) {
    Settings.Limits limits = from.limits(name);
    RetryPolicy retry =
        new RetryPolicy(
            limits.retry().maxRetries(),
            limits.retry().retryDelay(),
            limits.retry().backoffFactor());
    settings.add(
        new NamedCallbackSettings(
            name, callback, retry, limits.catchUpRate(), limits.deadLetter()));
  }

  public List<NamedCallbackSettings> settings() {
    return settings;
  }

  public Set<String> names() {
    return settings.stream().map(NamedCallbackSettings::name).collect(Collectors.toSet());
  }

  /** What callbacks that start processes share. */
  public JobProcesses processes() {
    return processes;
  }

  /**
   * Lets each callback prepare for its first delivery, several at the same time, on other threads.
   */
  public void warmUp() {
    ExecutorService threads = Executors.newFixedThreadPool(MOST_WARM_UPS, Daemons.named("warm-up"));
    for (NamedCallbackSettings outlet : settings) {
      threads.execute(() -> warmUp(outlet.name(), outlet.callback()));
    }
    threads.shutdown(); // ends them when all is done
  }

  /** Notifies each callback that the scheduler has begun to stop; from any thread. */
  public void stopping() {
    for (NamedCallbackSettings outlet : settings) {
      try {
        outlet.callback().stopping();
      } catch (RuntimeException e) { // the others are notified all the same
        LOG.warn(
            "callback {} failed when it was told of the stop: {}", outlet.name(), e.toString());
      }
    }
  }

  private static void warmUp(String name, BatchCallback callback) {
    try {
      callback.warmUp();
    } catch (InterruptedException | RuntimeException e) {
      LOG.debug("callback {} was not warmed up: {}", name, e.toString());
    }
  }

  @Override
  public void close() {
    for (NamedCallbackSettings outlet : settings) {
      try {
        outlet.callback().close();
      } catch (RuntimeException e) { // the others are closed all the same
        LOG.warn("callback {} could not be closed: {}", outlet.name(), e.toString());
      }
    }
    callbacks.close();
    processes.close();
  }
}
