package io.actionscheduler.callback.kafka.exactlyonce;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Recollection;
import io.actionscheduler.callback.Report;
import io.actionscheduler.callback.kafka.KafkaErrors;
import io.actionscheduler.callback.kafka.Records;
import io.actionscheduler.callback.kafka.exactlyonce.Openings.Opening;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends fires in transactions together with their progress, so a consumer that reads committed
 * records sees every fire once. A fire whose transaction was committed before a crash, or whose
 * commit got no answer, is found in the progress topic and not sent again.
 */
public final class ExactlyOnceCallback implements BatchCallback {
  private static final Logger log = LoggerFactory.getLogger(ExactlyOnceCallback.class);
  static final int BATCH = 20_000;

  private final Map<String, Object> properties;
  private final Opening<Transactions> opening;
  private final Records records;
  private final Consumer<String> shutOut;
  private final String target;
  private final Openings openings = new Openings();
  private final ReentrantLock one = new ReentrantLock(); // a producer has one transaction at a time
  private final TransactionSize room;
  private Optional<Transactions> current = Optional.empty();
  private boolean gone;

  /**
   * @param shutOut receives a message when another process took over: this one must stop delivering
   */
  public ExactlyOnceCallback(
      ExclusiveProducers exclusive,
      ProgressTopic progress,
      Records records,
      Consumer<String> shutOut) {
    this(
        exclusive.properties(),
        () -> {
          progress.prepare();
          return Transactions.begin(exclusive, progress.partition(0));
        },
        records,
        shutOut);
  }

  /**
   * As the other constructor.
   *
   * @param opening takes over from the previous owner
   */
  ExactlyOnceCallback(
      Map<String, Object> properties,
      Opening<Transactions> opening,
      Records records,
      Consumer<String> shutOut) {
    this.properties = requireNonNull(properties, "properties is null");
    this.opening = requireNonNull(opening, "opening is null");
    this.records = requireNonNull(records, "records is null");
    this.shutOut = requireNonNull(shutOut, "shutOut is null");
    this.room = TransactionSize.of(properties);
    this.target =
        "kafka " + properties.get("bootstrap.servers") + ", topic \"" + records.topic() + "\"";
  }

  @Override
  public void warmUp() throws InterruptedException {
    one.lockInterruptibly();
    try {
      begun();
    } catch (CallbackException e) {
      if (!openings.areStopped()) {
        log.warn("{}; until then, fires wait", e.getMessage());
      }
    } finally {
      one.unlock();
    }
  }

  @Override
  public boolean remembers() {
    return true;
  }

  @Override
  public Recollection recall() throws CallbackException, InterruptedException {
    one.lockInterruptibly();
    try {
      Map<String, Instant> settled = begun().settled();
      return action -> Optional.ofNullable(settled.remove(action.text()));
    } finally {
      one.unlock();
    }
  }

  @Override
  public void deliver(List<Delivery> batch, Report report) throws InterruptedException {
    one.lockInterruptibly();
    try {
      UnreportedBatch pending = new UnreportedBatch(batch, report);
      while (!pending.isEmpty()) {
        deliverSome(pending);
      }
    } finally {
      one.unlock();
    }
  }

  /** Sends one transaction. */
  private void deliverSome(UnreportedBatch pending) throws InterruptedException {
    Transactions transactions;
    try {
      transactions = transactions();
    } catch (CallbackException e) {
      pending.failed(e, e);
      return;
    }
    try {
      long beganAt = System.nanoTime();
      transactions.commit(pending, records.batch(), room);
      room.committed(Duration.ofNanos(System.nanoTime() - beganAt));
      pending.committed();
    } catch (Transactions.TooLarge e) {
      pending.abortedFor(e.place(), CallbackException.permanent(target + ": " + e.getMessage(), e));
    } catch (InterruptException e) {
      abandon();
      Thread.interrupted(); // Kafka sets the flag again when it throws this
      pending.failed(
          CallbackException.unavailable(target + ": stopped", e),
          CallbackException.unavailableUnknown(target + ": stopped", e));
    } catch (KafkaException e) {
      if (has(e, ProducerFencedException.class) || has(e, InvalidProducerEpochException.class)) {
        beShutOut(pending, e);
      } else {
        abandon();
        findOut(pending, e, transactions.wasCommitting());
      }
    } catch (RuntimeException
        | Error e) { // otherwise its transaction would stay open, and no other could begin
      abandon();
      throw e;
    }
  }

  /**
   * Makes a new producer, which ends the transaction if it is open, and so finds out whether it was
   * committed.
   *
   * @param doubtful whether it may have been committed
   */
  private void findOut(UnreportedBatch pending, KafkaException why, boolean doubtful)
      throws InterruptedException {
    log.debug("a transaction failed", why);
    Transactions fresh;
    try {
      fresh = transactions();
    } catch (CallbackException e) {
      pending.failed(
          e, doubtful ? CallbackException.unavailableUnknown(e.getMessage(), e.getCause()) : e);
      return;
    }
    if (doubtful && fresh.brought(pending.sent())) {
      pending.committed();
      return;
    }
    if (has(
        why,
        TimeoutException
            .class)) { // the brokers are available: the transaction was too large for the
      // connection
      room.timedOut();
    }
    String message = target + ": the transaction failed: " + KafkaErrors.reason(why);
    pending.failed(
        CallbackException.unavailable(message, why),
        CallbackException.unavailableUnknown(message, why),
        delivery -> doubtful && !ProgressTopic.keeps(delivery));
  }

  private void beShutOut(UnreportedBatch pending, KafkaException e) {
    gone = true;
    abandon();
    CallbackException why =
        CallbackException.unavailable(target + ": another process took over", e);
    pending.failed(why, why);
    shutOut.accept(
        target
            + ": another process with the transactional id "
            + properties.get("transactional.id")
            + " took over; this one delivers nothing more, so that nothing is delivered twice");
  }

  /** Looks among the causes, too, since the fault of a new owner must not be missed. */
  private static boolean has(Throwable e, Class<? extends KafkaException> reason) {
    return reason.isInstance(e) || e.getCause() != null && has(e.getCause(), reason);
  }

  /** As {@link #transactions()} while nothing is sent: a stop does not wait for it. */
  private Transactions begun() throws CallbackException, InterruptedException {
    return transactions(() -> openings.open(opening));
  }

  /** In a delivery, which may have to find out what was committed: a stop waits for it. */
  private Transactions transactions() throws CallbackException, InterruptedException {
    return transactions(opening);
  }

  private Transactions transactions(Opening<Transactions> how)
      throws CallbackException, InterruptedException {
    if (gone) {
      throw CallbackException.unavailable(target + ": closed", null);
    }
    if (current.isEmpty()) {
      try {
        current = Optional.of(how.open());
      } catch (InterruptException e) {
        Thread.interrupted(); // Kafka sets the flag again when it throws this
        throw new InterruptedException(e.getMessage());
      } catch (KafkaException e) {
        throw CallbackException.unavailable(target + ": " + KafkaErrors.reason(e), e);
      }
    }
    return current.get();
  }

  private void abandon() {
    Optional<Transactions> broken = current;
    current =
        Optional.empty(); // set first: the producer must not be used again, even if closing fails
    broken.ifPresent(Transactions::abandon);
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public int concurrency() {
    return 1;
  }

  /** An opening may wait for the brokers for long; nothing is sent in it. */
  @Override
  public void stopping() {
    openings.stop();
  }

  @Override
  public void close() {
    stopping();
    one.lock();
    try {
      gone = true;
      Optional<Transactions> last = current;
      current = Optional.empty(); // also where closing fails
      last.ifPresent(Transactions::close);
    } finally {
      one.unlock();
    }
  }
}
