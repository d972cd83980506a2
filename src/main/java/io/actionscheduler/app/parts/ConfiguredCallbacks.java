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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every callback that the settings name, made once and closed once. */
public final class ConfiguredCallbacks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredCallbacks.class);

  /**
   * Enough threads that one hanging callback delays no other, and few for thousands of callbacks.
   */
  private static final int MOST_WARM_UPS = 16;

  private final List<NamedCallbackSettings> settings = new CopyOnWriteArrayList<>();
  private final JobProcesses processes;
  private final Set<NamedCallbackSettings> retiring = ConcurrentHashMap.newKeySet();

  private final InstantSource clock;
  private final CallbackHost host;

  private ConfiguredCallbacks(JobProcesses processes, InstantSource clock, CallbackHost host) {
    this.processes = processes;
    this.clock = clock;
    this.host = host;
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
    ConfiguredCallbacks outlets = new ConfiguredCallbacks(JobProcesses.of(settings), clock, host);
    try {
      outlets.settings.addAll(outlets.make(settings, settings.callbacks().keySet()));
      return outlets;
    } catch (InvalidConfig e) {
      outlets.close();
      throw e;
    }
  }

  /** Callbacks that were made of other settings; none is in use yet. */
  public record Made(List<NamedCallbackSettings> all) {
    /** Closes them, with the plug-ins that they use. */
    public void drop() {
      all.forEach(ConfiguredCallbacks::close);
    }
  }

  /**
   * Makes some of them, of other settings.
   *
   * @param names of those that are made
   * @return what the caller adds, puts in the place of others, or drops
   * @throws InvalidConfig with every problem of their settings; then nothing is left open
   */
  public Made made(Settings next, Set<String> names) throws InvalidConfig {
    return new Made(names.isEmpty() ? List.of() : make(next, names));
  }

  private List<NamedCallbackSettings> make(Settings settings, Set<String> names)
      throws InvalidConfig {
    try (CallbackMaker maker = CallbackMaker.of(settings, clock, host, processes)) {
      return make(settings, names, maker);
    }
  }

  private static List<NamedCallbackSettings> make(
      Settings settings, Set<String> names, CallbackMaker maker) throws InvalidConfig {
    List<Problem> problems = new ArrayList<>(maker.unknownSettings());
    List<NamedCallbackSettings> made = new ArrayList<>();
    for (Settings.Named named : settings.callbacks().values()) {
      if (names.contains(named.name())) {
        try {
          made.add(settings(named.name(), maker.create(named), settings));
        } catch (InvalidSetting e) {
          problems.addAll(maker.problems(named, e));
        }
      }
    }
    if (!problems.isEmpty()) {
      made.forEach(ConfiguredCallbacks::close);
      throw new InvalidConfig(problems);
    }
    return made;
  }

  /**
   * The engine uses {@code next} instead of the one of its name.
   *
   * @param unused completes when the one before has no call left, and is closed
   */
  public void replace(NamedCallbackSettings next, CompletableFuture<Void> unused) {
    NamedCallbackSettings before = named(next.name());
    settings.set(settings.indexOf(before), next);
    retire(before, unused);
  }

  /** The engine uses {@code next}, too. */
  public void add(NamedCallbackSettings next) {
    settings.add(next);
  }

  /**
   * The engine no longer uses the one of that name.
   *
   * @param unused completes when it has no call left, and is closed
   */
  public void remove(String name, CompletableFuture<Void> unused) {
    NamedCallbackSettings before = named(name);
    settings.remove(before);
    retire(before, unused);
  }

  private NamedCallbackSettings named(String name) {
    return settings.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private void retire(NamedCallbackSettings before, CompletableFuture<Void> unused) {
    retiring.add(before);
    unused.thenRunAsync(
        () -> {
          if (retiring.remove(before)) {
            close(before);
          }
        },
        // A thread of its own: one that never closes would hold up what shares a pool with it.
        work -> Daemons.named("close " + before.name()).newThread(work).start());
  }

  private static NamedCallbackSettings settings(
      String name, BatchCallback callback, Settings from) {
    Settings.Limits limits = from.limits(name);
    RetryPolicy retry =
        new RetryPolicy(
            limits.retry().maxRetries(),
            limits.retry().retryDelay(),
            limits.retry().backoffFactor());
    return new NamedCallbackSettings(
        name, callback, retry, limits.catchUpRate(), limits.deadLetter());
  }

  public List<NamedCallbackSettings> settings() {
    return settings;
  }

  /** Whether the target of that callback remembers what it received. */
  public boolean remembers(String name) {
    return settings.stream().anyMatch(one -> one.name().equals(name) && one.callback().remembers());
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
    List<NamedCallbackSettings> all = new ArrayList<>(settings);
    all.addAll(retiring);
    for (NamedCallbackSettings outlet : all) {
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
    settings.forEach(ConfiguredCallbacks::close);
    for (NamedCallbackSettings before : retiring) {
      if (retiring.remove(before)) {
        close(before);
      }
    }
    processes.close();
  }

  private static void close(NamedCallbackSettings outlet) {
    try {
      outlet.callback().close();
    } catch (RuntimeException e) { // the others are closed all the same
      LOG.warn("callback {} could not be closed: {}", outlet.name(), e.toString());
    }
  }
}
