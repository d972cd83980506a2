package io.actionscheduler.callback.kafka;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.testing.Deliveries;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Callbacks to Kafka for tests, with short time-outs. */
public final class KafkaTargets {
  private KafkaTargets() {}

  static BatchCallback callback(String server, String topic) throws InvalidSetting {
    return new KafkaFactory(InstantSource.fixed(Deliveries.DUE), message -> {})
        .create(settings(server, topic, Map.of()));
  }

  public static CallbackSettings settings(
      String server, String topic, Map<String, String> further) {
    Map<String, String> values =
        new HashMap<>(
            Map.of(
                "server", server,
                "topic", topic,
                "max_concurrent", "4",
                "properties.max.block.ms", "2000",
                "properties.request.timeout.ms", "2500",
                "properties.delivery.timeout.ms", "3000"));
    values.putAll(further);
    return new CallbackSettings(topic, "kafka", "callbacks." + topic, values);
  }

  /** Names of the producers' threads that live now. */
  static List<String> producers() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("kafka-producer-network-thread"))
        .toList();
  }
}
