package io.actionscheduler.callback.kafka;

import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.text.DidYouMean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The properties of the Kafka producer: those that guarantee delivery, those for large bursts, and
 * those of the user.
 */
final class ProducerProperties {
  private static final Logger log = LoggerFactory.getLogger(ProducerProperties.class);

  /** What the guarantees need; users may set only these values. */
  private static final Map<String, List<String>> GUARANTEES =
      Map.of("acks", List.of("all", "-1"), "enable.idempotence", List.of("true"));

  /** Properties that are set elsewhere or would change records, with what to write instead. */
  private static final Map<String, String> TAKEN =
      Map.of(
          "bootstrap.servers", "write it as server",
          "key.serializer", "records are made of bytes here",
          "value.serializer", "records are made of bytes here",
          "transactional.id", "transactions belong to exactly_once",
          "transaction.two.phase.commit.enable", "transactions belong to exactly_once");

  /** How the library names the property that a fault is about. */
  private static final Pattern NAMED = Pattern.compile("configuration ([a-z0-9.]+)");

  private ProducerProperties() {}

  /**
   * Complete properties for a producer of bytes.
   *
   * @throws InvalidSetting when those of the user would break a guarantee, or the producer refuses
   *     them
   */
  static Map<String, Object> of(CallbackSettings settings, List<String> servers)
      throws InvalidSetting {
    Map<String, String> own = settings.under("properties");
    for (Map.Entry<String, String> property : own.entrySet()) {
      check(settings, property.getKey(), property.getValue());
    }
    Map<String, Object> properties = new HashMap<>(tuned());
    properties.putAll(own);
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    properties.put("bootstrap.servers", String.join(",", servers));
    properties.put("key.serializer", ByteArraySerializer.class.getName());
    properties.put("value.serializer", ByteArraySerializer.class.getName());
    if (!own.isEmpty()) { // without properties of the user nothing can be wrong, and the start is
      // shorter without loading the library
      ProducerConfig parsed = parsed(settings, properties);
      fitTimeouts(settings, own, parsed, properties);
      warnOfUnknown(settings, own);
      SecurityCheck.check(settings, own, parsed);
      checkClasses(settings, own);
    }
    return Map.copyOf(properties);
  }

  /**
   * A large burst is sent in few large batches. Time-outs are limited so that an unavailable broker
   * is noticed within 15 s: 5 s for records that were not sent, 10 s for those that were.
   */
  private static Map<String, String> tuned() {
    return Map.ofEntries(
        Map.entry("batch.size", "262144"),
        Map.entry("linger.ms", "0"),
        Map.entry("buffer.memory", "67108864"),
        Map.entry("compression.type", "none"),
        Map.entry("max.block.ms", "5000"),
        Map.entry("request.timeout.ms", "5000"),
        Map.entry("delivery.timeout.ms", "10000"),
        Map.entry("socket.connection.setup.timeout.ms", "3000"),
        Map.entry("socket.connection.setup.timeout.max.ms", "5000"),
        Map.entry("reconnect.backoff.max.ms", "1000"),
        // Metadata of the topic are kept as long as the scheduler runs: a yearly fire does not ask
        // for them again.
        Map.entry("metadata.max.idle.ms", "86400000"),
        Map.entry("metric.reporters", ""),
        Map.entry("enable.metrics.push", "false"));
  }

  private static void check(CallbackSettings settings, String name, String value)
      throws InvalidSetting {
    String key = "properties." + name;
    List<String> allowed = GUARANTEES.get(name);
    if (allowed != null && !allowed.contains(value.strip())) {
      throw settings.invalid(
          key, value, String.join(" or ", allowed) + ": anything else may lose or double fires");
    }
    String instead = TAKEN.get(name);
    if (instead != null) {
      throw new InvalidSetting(settings.prefix() + "." + key + ": cannot be set; " + instead);
    }
  }

  private static ProducerConfig parsed(CallbackSettings settings, Map<String, Object> properties)
      throws InvalidSetting {
    try {
      return new ProducerConfig(properties);
    } catch (ConfigException e) {
      Matcher named = NAMED.matcher(String.valueOf(e.getMessage()));
      boolean own = named.find() && settings.values().containsKey("properties." + named.group(1));
      throw new InvalidSetting(
          settings.prefix()
              + ".properties"
              + (own ? "." + named.group(1) : "")
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /**
   * The producer demands that delivery.timeout.ms be no less than linger.ms and request.timeout.ms
   * together. Where the user sets one of them, the scheduler's values adapt; the user's values must
   * not contradict each other.
   */
  private static void fitTimeouts(
      CallbackSettings settings,
      Map<String, String> own,
      ProducerConfig parsed,
      Map<String, Object> properties)
      throws InvalidSetting {
    long linger = parsed.getLong("linger.ms");
    int request = parsed.getInt("request.timeout.ms");
    int delivery = parsed.getInt("delivery.timeout.ms");
    if (delivery >= linger + request) {
      return;
    }
    if (!own.containsKey("delivery.timeout.ms")) {
      properties.put(
          "delivery.timeout.ms", Long.toString(Math.min(linger + request, Integer.MAX_VALUE)));
    } else if (!own.containsKey("request.timeout.ms") && delivery > linger) {
      properties.put("request.timeout.ms", Long.toString(delivery - linger));
    } else {
      throw settings.invalid(
          "properties.delivery.timeout.ms",
          Integer.toString(delivery),
          (linger + request) + " or more: linger.ms and request.timeout.ms together");
    }
  }

  /** The producer itself would notice missing ones only when it is made. */
  private static void checkClasses(CallbackSettings settings, Map<String, String> own)
      throws InvalidSetting {
    for (String key : List.of("interceptor.classes", "metric.reporters")) {
      for (String name : own.getOrDefault(key, "").split(",")) {
        try {
          if (!name.isBlank()) {
            Utils.loadClass(name.strip(), Object.class);
          }
        } catch (ClassNotFoundException | LinkageError e) {
          throw settings.invalid("properties." + key, name.strip(), "existing classes");
        }
      }
    }
  }

  /** An unknown property is not an error: security modules and interceptors have their own. */
  private static void warnOfUnknown(CallbackSettings settings, Map<String, String> own) {
    Set<String> known = ProducerConfig.configNames();
    for (String name : own.keySet()) {
      if (!known.contains(name)) {
        log.warn(
            "{}.properties.{}: not a property of the Kafka producer; it is passed on unchanged{}",
            settings.prefix(),
            name,
            DidYouMean.hint(name, known));
      }
    }
  }
}
