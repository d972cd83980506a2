package io.actionscheduler.cluster.kafka;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.text.BrokerList;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The group of a cluster.
 *
 * @param cluster the name of the cluster; group and topic are called after it
 * @param protocol of the group: members with different ones cannot be in one group for long
 * @param times only used with {@link Protocol#CLASSIC}, otherwise the broker decides
 * @param connection further properties of the client: {@code bootstrap.servers}, and what is needed
 *     to log in
 */
public record GroupSettings(
    String cluster, Protocol protocol, Times times, Map<String, Object> connection) {

  private static final Duration METADATA_AGE = Duration.ofSeconds(30);

  /** How members and broker agree on who has what. */
  public enum Protocol {
    /** The members decide; every broker understands it. */
    CLASSIC,
    /** The broker decides (KIP-848). It puts out silent members after 45 s at the earliest. */
    CONSUMER
  }

  /**
   * How soon a member is given up.
   *
   * @param session the group gives up a member that was silent for so long
   * @param heartbeat the time between two signs of life
   * @param poll the group gives up a member that did not answer for so long what it was told
   */
  public record Times(Duration session, Duration heartbeat, Duration poll) {
    public static final Times STANDARD =
        new Times(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(20));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException when fewer than three heartbeats fit a session, or a session
     *     is longer than the time to answer
     */
    public Times {
      if (heartbeat.multipliedBy(3).compareTo(session) > 0 || session.compareTo(poll) > 0) {
        throw new IllegalArgumentException(
            "heartbeats each "
                + heartbeat
                + " in a session of "
                + session
                + ", polls each "
                + poll);
      }
    }
  }

  public GroupSettings {
    requireNonNull(cluster, "cluster is null");
    requireNonNull(protocol, "protocol is null");
    requireNonNull(times, "times is null");
    connection = Map.copyOf(connection);
  }

  /**
   * What is needed to connect, of the settings of a callback that sends to Kafka: brokers, login
   * and encryption.
   *
   * @param kafka has {@code server}, and perhaps {@code properties.<name>}
   */
  public static Map<String, Object> connection(Map<String, String> kafka) {
    Map<String, Object> connection = new HashMap<>();
    kafka.forEach(
        (key, value) -> {
          String name = key.startsWith("properties.") ? key.substring("properties.".length()) : "";
          if (AdminClientConfig.configNames().contains(name)) {
            connection.put(name, value);
          }
        });
    String servers = String.join(",", BrokerList.read(kafka.get("server")).servers());
    connection.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    return connection;
  }

  /** The name of the topic whose partitions stand for the shards. */
  String topic() {
    return "action-scheduler." + cluster + ".shards";
  }

  String group() {
    return "action-scheduler." + cluster;
  }

  /** How long a member may take to let go of a shard: well before the group gives it up. */
  Duration toRelease() {
    return times.poll.dividedBy(2);
  }

  Map<String, Object> consumer() {
    Map<String, Object> all = new HashMap<>(connection);
    all.put(ConsumerConfig.GROUP_ID_CONFIG, group());
    all.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, millis(times.poll));
    // Nothing is ever read or committed, and the topic must not be made with another size.
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    // A broker may tell an older size of a topic that was just made.
    all.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, millis(METADATA_AGE));
    // No group.instance.id: the group would keep the place of a member that was stopped.
    switch (protocol) {
      case CLASSIC -> {
        all.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        all.put(
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            CooperativeStickyAssignor.class.getName());
        all.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(times.session));
        all.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis(times.heartbeat));
      }
      case CONSUMER -> all.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
    }
    return all;
  }

  /** For an administrative client, which refuses nothing but warns of what it does not know. */
  Map<String, Object> admin() {
    Map<String, Object> all = new HashMap<>(connection);
    Set<String> limits = Set.of("request.timeout.ms", "default.api.timeout.ms");
    limits.forEach(limit -> all.putIfAbsent(limit, millis(Duration.ofSeconds(10))));
    return all;
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
