package io.actionscheduler.callback.kafka;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackFactory;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.kafka.exactlyonce.AfterExactlyOnce;
import io.actionscheduler.callback.kafka.exactlyonce.ExactlyOnceCallback;
import io.actionscheduler.callback.kafka.exactlyonce.ExclusiveProducers;
import io.actionscheduler.callback.kafka.exactlyonce.ProgressTopic;
import io.actionscheduler.callback.kafka.exactlyonce.ShardedCallback;
import io.actionscheduler.cluster.ShardsToSend;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Makes callbacks that send to Kafka. Those with the same brokers and properties share a producer:
 * as a rule there is one in the whole program.
 */
public final class KafkaFactory implements CallbackFactory {
  private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

  private final InstantSource clock;
  private final Consumer<String> shutOut;
  private final BooleanSupplier mayTakeOver;
  private final Optional<ShardsToSend> shards;
  private final boolean byHand;
  private final Map<Map<String, Object>, Connection> connections = new HashMap<>();

  /**
   * @param shutOut receives a message when another process took over deliveries that are made
   *     exactly once: this one has to stop delivering
   */
  public KafkaFactory(InstantSource clock, Consumer<String> shutOut) {
    this(clock, shutOut, () -> true);
  }

  /**
   * As above.
   *
   * @param mayTakeOver whether this process may shut out others; a process that was suspended may
   *     not
   */
  public KafkaFactory(InstantSource clock, Consumer<String> shutOut, BooleanSupplier mayTakeOver) {
    this(clock, shutOut, mayTakeOver, Optional.empty(), false);
  }

  /**
   * For a process of a cluster.
   *
   * @param shards that it delivers for; those learn of it when another process took over
   * @param mayTakeOver whether this process may shut out others; asked beside that of the shards
   */
  public static KafkaFactory inCluster(
      InstantSource clock, ShardsToSend shards, BooleanSupplier mayTakeOver) {
    return new KafkaFactory(clock, message -> {}, mayTakeOver, Optional.of(shards), false);
  }

  private KafkaFactory(
      InstantSource clock,
      Consumer<String> shutOut,
      BooleanSupplier mayTakeOver,
      Optional<ShardsToSend> shards,
      boolean byHand) {
    this.shards = requireNonNull(shards, "shards is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.shutOut = requireNonNull(shutOut, "shutOut is null");
    this.mayTakeOver = requireNonNull(mayTakeOver, "mayTakeOver is null");
    this.byHand = byHand;
  }

  /**
   * Makes callbacks for fires by hand, which may be sent beside a running scheduler: at least once,
   * whatever the settings say, since a second producer with the transactional id would shut out the
   * scheduler's. Such a fire has no progress, so the progress topic does not matter for it.
   */
  public static KafkaFactory byHand(InstantSource clock) {
    return new KafkaFactory(clock, message -> {}, () -> true, Optional.empty(), true);
  }

  @Override
  public String type() {
    return "kafka";
  }

  @Override
  public Set<String> settings() {
    return Set.of("server", "topic", "key", "exactly_once", "properties.*");
  }

  @Override
  public BatchCallback create(CallbackSettings settings) throws InvalidSetting {
    List<String> servers = Servers.of(settings);
    String topic = settings.required("topic").strip();
    if (!TOPIC.matcher(topic).matches()) {
      throw settings.invalid(
          "topic", topic, "1 to 249 of the letters a-z, A-Z, digits, \".\", \"_\" and \"-\"");
    }
    boolean keyed = keyed(settings);
    int concurrency = settings.number("max_concurrent", 20, 1, 100_000);
    Map<String, Object> properties = ProducerProperties.of(settings, servers);
    Records records = new Records(topic, keyed, clock);
    Map<String, Object> transactional = new HashMap<>(properties);
    // The same after every restart: by this id the brokers know which producer a new owner
    // replaces.
    transactional.put("transactional.id", "action-scheduler." + settings.name() + "." + topic);
    int partitions = shards.map(ShardsToSend::count).orElse(1);
    ProgressTopic progress = new ProgressTopic(topic + ".progress", partitions, transactional);
    ExclusiveProducers exclusive = new ExclusiveProducers(transactional, mayTakeOver);
    if (settings.flag("exactly_once", shards.isPresent()) && !byHand) {
      return shards.isPresent()
          ? new ShardedCallback(exclusive, progress, records, shards.get())
          : new ExactlyOnceCallback(exclusive, progress, records, shutOut);
    }
    BatchCallback sender = new KafkaCallback(connection(properties), records, concurrency);
    return byHand ? sender : new AfterExactlyOnce(sender, progress, exclusive, shards);
  }

  private static boolean keyed(CallbackSettings settings) throws InvalidSetting {
    String key = settings.text("key").orElse("action_id").strip();
    return switch (key) {
      case "action_id" -> true;
      case "none" -> false;
      default -> throw settings.invalid("key", key, "action_id or none");
    };
  }

  private synchronized Connection connection(Map<String, Object> properties) {
    Connection connection = connections.computeIfAbsent(properties, Connection::new);
    connection.join();
    return connection;
  }
}
