package io.actionscheduler.callback.kafka;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Recollection;
import io.actionscheduler.callback.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each batch in one transaction together with the progress that it makes: a consumer that
 * reads committed records sees every fire once. A fire whose transaction was committed before a
 * crash, or whose commit got no answer, is found in the progress topic and not sent again.
 */
final class ExactlyOnceCallback implements BatchCallback {
  private static final Logger log = LoggerFactory.getLogger(ExactlyOnceCallback.class);
  private static final int BATCH = 20_000;

  private final Map<String, Object> properties;
  private final Opening opening;
  private final Records records;
  private final Consumer<String> fenced;
  private final String target;
  private final ReentrantLock one = new ReentrantLock(); // a producer has one transaction at a time
  private Optional<Transactions> current = Optional.empty();
  private boolean gone;

  /**
   * @param fenced told, with a message for people, when another process took over: this one must
   *     end
   */
  ExactlyOnceCallback(
      Map<String, Object> properties,
      ProgressTopic progress,
      Records records,
      Consumer<String> fenced) {
    this(properties, () -> Transactions.begin(properties, progress), records, fenced);
  }

  /** As above, on transactions that come from elsewhere. */
  ExactlyOnceCallback(
      Map<String, Object> properties, Opening opening, Records records, Consumer<String> fenced) {
    this.properties = requireNonNull(properties, "properties is null");
    this.opening = requireNonNull(opening, "opening is null");
    this.records = requireNonNull(records, "records is null");
    this.fenced = requireNonNull(fenced, "fenced is null");
    this.target =
        "kafka " + properties.get("bootstrap.servers") + ", topic \"" + records.topic() + "\"";
  }

  /** Takes over from whoever sent before. */
  @FunctionalInterface
  interface Opening {
    Transactions open() throws InterruptedException;
  }

  @Override
  public void warmUp() throws InterruptedException {
    one.lockInterruptibly();
    try {
      transactions();
    } catch (CallbackException e) {
      log.warn("{}; until then, fires wait", e.getMessage());
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
      Map<String, Instant> settled = transactions().settled();
      return action -> Optional.ofNullable(settled.remove(action.text()));
    } finally {
      one.unlock();
    }
  }

  @Override
  public void deliver(List<Delivery> batch, Report report) throws InterruptedException {
    one.lockInterruptibly();
    try {
      List<Integer> open = new ArrayList<>(batch.size());
      for (int i = 0; i < batch.size(); i++) {
        open.add(i);
      }
      boolean sent = false;
      while (!open.isEmpty()) {
        sent = attempt(batch, open, report, sent);
      }
    } finally {
      one.unlock();
    }
  }

  /**
   * One transaction for what is still open; takes out of {@code open} what it has reported.
   *
   * @param again whether an earlier attempt may have been committed without an answer
   * @return whether this one may have been
   */
  private boolean attempt(List<Delivery> batch, List<Integer> open, Report report, boolean again)
      throws InterruptedException {
    Transactions transactions;
    try {
      transactions = transactions();
    } catch (CallbackException e) {
      report(open, report, again ? CallbackException.awayUnknown(e.getMessage(), e.getCause()) : e);
      return false;
    }
    open.removeIf(
        i -> {
          boolean settled = transactions.isSettled(batch.get(i));
          if (settled) {
            report.delivered(i);
          }
          return settled;
        });
    if (open.isEmpty()) {
      return false;
    }
    if (again) { // a fresh producer has seen that nothing of it was committed
      report(open, report, CallbackException.away(target + ": the transaction failed", null));
      return false;
    }
    return commit(transactions, batch, open, report);
  }

  private boolean commit(
      Transactions transactions, List<Delivery> batch, List<Integer> open, Report report)
      throws InterruptedException {
    Records.Batch made = records.batch();
    List<Delivery> deliveries = open.stream().map(batch::get).toList();
    List<ProducerRecord<byte[], byte[]>> sending = deliveries.stream().map(made::of).toList();
    try {
      transactions.commit(sending, deliveries);
      open.forEach(report::delivered);
      open.clear();
      return false;
    } catch (Transactions.TooLarge e) {
      int index = open.remove(e.index());
      report.failed(index, CallbackException.permanent(target + ": " + e.getMessage(), e));
      return false;
    } catch (InterruptException e) {
      abandon();
      Thread.interrupted(); // Kafka sets the flag again beside throwing
      report(open, report, CallbackException.awayUnknown(target + ": stopped", e));
      return false;
    } catch (KafkaException e) {
      if (isFencing(e)) {
        beFenced(open, report, e);
        return false;
      }
      log.debug("a transaction failed", e);
      abandon();
      return true;
    } catch (RuntimeException | Error e) { // else its transaction is open, and none can begin
      abandon();
      throw e;
    }
  }

  /** Beginning anew would shut out the rightful owner: it must be known for what it is. */
  private static boolean isFencing(Throwable e) {
    return e instanceof ProducerFencedException
        || e instanceof InvalidProducerEpochException
        || e.getCause() != null && isFencing(e.getCause());
  }

  private void beFenced(List<Integer> open, Report report, KafkaException e) {
    gone = true;
    abandon();
    report(open, report, CallbackException.away(target + ": another process took over", e));
    fenced.accept(
        target
            + ": another process with the transactional id "
            + properties.get("transactional.id")
            + " took over; this one ends, so that nothing is delivered twice");
  }

  private static void report(List<Integer> open, Report report, CallbackException why) {
    open.forEach(i -> report.failed(i, why));
    open.clear();
  }

  private Transactions transactions() throws CallbackException, InterruptedException {
    if (gone) {
      throw CallbackException.away(target + ": closed", null);
    }
    if (current.isEmpty()) {
      try {
        current = Optional.of(opening.open());
      } catch (InterruptException e) {
        Thread.interrupted();
        throw new InterruptedException(e.getMessage());
      } catch (KafkaException e) {
        throw CallbackException.away(target + ": " + e.getMessage(), e);
      }
    }
    return current.get();
  }

  private void abandon() {
    Optional<Transactions> broken = current;
    current = Optional.empty(); // first: it is never used again, even where closing fails
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

  @Override
  public void close() {
    one.lock();
    try {
      gone = true;
      current.ifPresent(Transactions::close);
      current = Optional.empty();
    } finally {
      one.unlock();
    }
  }
}
