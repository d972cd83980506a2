package io.actionscheduler.app;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackFactory;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.kafka.KafkaFactory;
import io.actionscheduler.callback.stdout.StandardOutput;
import io.actionscheduler.callback.stdout.StdoutFactory;
import io.actionscheduler.config.Settings;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

/** The kinds of callback that there are. */
final class Callbacks {
  private final List<CallbackFactory> factories;

  private Callbacks(List<CallbackFactory> factories) {
    this.factories = factories;
  }

  static Callbacks of(Settings settings, InstantSource clock, Exit exit) {
    return new Callbacks(
        List.of(
            new StdoutFactory(StandardOutput.ofProcess(exit::fail), clock, ZoneId.systemDefault()),
            new KafkaFactory(clock)));
  }

  BatchCallback create(Settings.Named named) throws InvalidSetting {
    for (CallbackFactory factory : factories) {
      if (factory.type().equals(named.type())) {
        return factory.create(
            new CallbackSettings(named.name(), named.type(), named.prefix(), named.values()));
      }
    }
    throw new InvalidSetting(named.prefix() + ".type: \"" + named.type() + "\" is unknown");
  }
}
