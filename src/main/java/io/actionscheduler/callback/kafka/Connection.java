package io.actionscheduler.callback.kafka;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * The producer for one cluster, shared by the callbacks that send there, opened on first use.
 *
 * <p>After a failure of the connection, as opposed to one of a record, the producer is replaced: a
 * new producer has not connected to a broker, so a record that it cannot send certainly did not
 * arrive; and no fatal state survives. Callbacks that still send through the old one finish, and
 * the last of them closes it.
 */
final class Connection {
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final Map<String, Object> properties;
  private int callbacks;
  private Optional<Shared> current = Optional.empty();

  Connection(Map<String, Object> properties) {
    this.properties = requireNonNull(properties, "properties is null");
  }

  String servers() {
    return properties.get("bootstrap.servers").toString();
  }

  /** The time after which the producer has given up every record that it accepted. */
  Duration deliveryTimeout() {
    return Duration.ofMillis(Long.parseLong(properties.get("delivery.timeout.ms").toString()));
  }

  /** Registers a callback that uses this connection; it has to {@code leave} again. */
  synchronized void join() {
    callbacks++;
  }

  /**
   * Unregisters a callback. After the last one the producer is closed, and records under way fail.
   */
  void leave() {
    Optional<Shared> last = Optional.empty();
    synchronized (this) {
      callbacks--;
      if (callbacks == 0) {
        last = current;
        current = Optional.empty();
      }
    }
    last.ifPresent(shared -> shared.producer.close(CLOSE));
  }

  /**
   * The producer, to be given back by {@link Lease#close}.
   *
   * @throws CallbackException when none can be made now
   */
  synchronized Lease lease() throws CallbackException {
    if (callbacks == 0) {
      throw CallbackException.unavailable("kafka " + servers() + ": closed", null);
    }
    if (current.isEmpty()) {
      try {
        current = Optional.of(new Shared(new KafkaProducer<>(properties)));
      } catch (
          KafkaException
              e) { // for instance a name that does not resolve now, or a missing key store
        throw KafkaErrors.noProducer(servers(), e);
      }
    }
    Shared shared = current.get();
    shared.users++;
    return new Lease(shared);
  }

  private synchronized boolean isLastUse(Shared shared) {
    shared.users--;
    return shared.users == 0 && !isCurrent(shared);
  }

  private synchronized void replace(Shared shared) {
    if (isCurrent(shared)) {
      current = Optional.empty();
    }
  }

  private boolean isCurrent(Shared shared) {
    return current.isPresent() && current.get() == shared;
  }

  private static final class Shared {
    final Producer<byte[], byte[]> producer;
    int users;

    Shared(Producer<byte[], byte[]> producer) {
      this.producer = producer;
    }
  }

  /** One use of the producer. */
  final class Lease implements AutoCloseable {
    private final Shared shared;

    private Lease(Shared shared) {
      this.shared = shared;
    }

    Producer<byte[], byte[]> producer() {
      return shared.producer;
    }

    /** The next lease is for a new producer. */
    void replace() {
      Connection.this.replace(shared);
    }

    @Override
    public void close() {
      if (isLastUse(shared)) {
        shared.producer.close(Duration.ZERO);
      }
    }
  }
}
