package io.actionscheduler.callback.kafka;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each fire as a record: the records of a batch are sent without waiting, then their answers
 * are awaited. A fire is delivered when all in-sync replicas have acknowledged its record.
 */
final class KafkaCallback implements BatchCallback {
  private static final Logger log = LoggerFactory.getLogger(KafkaCallback.class);

  /** Large, since each batch waits for its answers; but a crash repeats the batches under way. */
  private static final int BATCH = 20_000;

  /** The producer answers for every record in time; this limit is for a producer that breaks. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Connection connection;
  private final Records records;
  private final int concurrency;
  private final Duration patience;
  private final String target;
  private final AtomicBoolean closed = new AtomicBoolean();

  KafkaCallback(Connection connection, Records records, int concurrency) {
    this.connection = requireNonNull(connection, "connection is null");
    this.records = requireNonNull(records, "records is null");
    this.concurrency = concurrency;
    this.patience = connection.deliveryTimeout().plus(GRACE);
    this.target = "kafka " + connection.servers() + ", topic \"" + records.topic() + "\"";
  }

  @Override
  public void warmUp() throws InterruptedException {
    try (Connection.Lease lease = lease()) {
      lease.producer().partitionsFor(records.topic());
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (KafkaException | IllegalStateException e) {
      notReady(KafkaErrors.notSent(target, e));
    } catch (CallbackException e) {
      notReady(e);
    }
  }

  @Override
  public void deliver(List<Delivery> batch, Report report) throws InterruptedException {
    Outcomes outcomes = new Outcomes(target, report);
    try (Connection.Lease lease = lease()) {
      List<Sending> sent = new ArrayList<>(batch.size());
      try {
        // Not flush(), which also waits for records of other callbacks with the same producer.
        send(lease.producer(), batch, sent).await(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptException e) {
        throw interrupted(e);
      } finally {
        outcomes.report(sent, batch.size());
        if (outcomes.isUnavailable()) {
          lease.replace();
        }
      }
    } catch (CallbackException e) {
      outcomes.nothingSent(batch.size(), e);
    }
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      connection.leave();
    }
  }

  /**
   * Gives the records to the producer, up to the first fault that is not about one record.
   *
   * @return a latch that opens when every record that was given has its answer
   */
  private CountDownLatch send(
      Producer<byte[], byte[]> producer, List<Delivery> batch, List<Sending> sent) {
    Records.Batch made = records.batch();
    CountDownLatch unanswered = new CountDownLatch(batch.size());
    for (Delivery delivery : batch) {
      Sending sending = new Sending(unanswered);
      sent.add(sending);
      try {
        producer.send(made.of(delivery), sending);
      } catch (InterruptException e) {
        sending.onCompletion(null, e);
        throw e;
      } catch (KafkaException
          | IllegalStateException e) { // the producer is broken for good, or was closed meanwhile
        sending.onCompletion(null, e);
      }
      if (sending.isAnswered() && sending.stopsTheRest()) {
        break;
      }
    }
    for (int i = sent.size(); i < batch.size(); i++) {
      unanswered.countDown();
    }
    return unanswered;
  }

  private void notReady(CallbackException why) {
    if (!closed.get()) {
      log.warn("{}; until then, fires wait", why.getMessage());
    }
  }

  private Connection.Lease lease() throws CallbackException {
    if (closed.get()) {
      throw CallbackException.unavailable(target + ": closed", null);
    }
    return connection.lease();
  }

  private static InterruptedException interrupted(InterruptException e) {
    Thread.interrupted(); // Kafka sets the flag again when it throws this
    InterruptedException interrupted = new InterruptedException(e.getMessage());
    interrupted.initCause(e);
    return interrupted;
  }
}
