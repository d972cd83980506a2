package io.actionscheduler.app;

import io.actionscheduler.action.RetryPolicy;
import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.config.Settings;
import io.actionscheduler.engine.OutletSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every callback that the settings name, made once and closed once. */
final class Outlets implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Outlets.class);

  private final List<OutletSettings> settings = new ArrayList<>();

  private Outlets() {}

  /** Makes all of them, or none. */
  static Outlets of(Settings settings, InstantSource clock, Exit exit) throws InvalidSetting {
    Outlets outlets = new Outlets();
    Callbacks callbacks = Callbacks.of(settings, clock, exit);
    try {
      for (Settings.Named named : settings.callbacks().values()) {
        Settings.Limits limits = settings.limits(named.name());
        outlets.settings.add(
            new OutletSettings(
                named.name(),
                callbacks.create(named),
                new RetryPolicy(
                    limits.retry().maxRetries(),
                    limits.retry().retryDelay(),
                    limits.retry().backoffFactor()),
                limits.catchUpRate()));
      }
      return outlets;
    } catch (InvalidSetting | RuntimeException e) {
      outlets.close();
      throw e;
    }
  }

  List<OutletSettings> settings() {
    return settings;
  }

  Set<String> names() {
    return settings.stream().map(OutletSettings::name).collect(Collectors.toSet());
  }

  /** Has each prepare for its first delivery, on a thread of its own. */
  void warmUp() {
    for (OutletSettings outlet : settings) {
      Thread thread =
          new Thread(() -> warmUp(outlet.name(), outlet.callback()), "warm-up-" + outlet.name());
      thread.setDaemon(true);
      thread.start();
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
    settings.forEach(outlet -> outlet.callback().close());
  }
}
