package io.actionscheduler.callback.kafka.exactlyonce;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The fires of a batch that are not reported yet: those that wait, in order, and those in the
 * transaction under way.
 */
final class UnreportedBatch {
  private final List<Delivery> batch;
  private final Report report;
  private final Deque<Integer> waiting;
  private final List<Integer> sent = new ArrayList<>();

  UnreportedBatch(List<Delivery> batch, Report report) {
    this.batch = requireNonNull(batch, "batch is null");
    this.report = requireNonNull(report, "report is null");
    this.waiting = new ArrayDeque<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      waiting.add(i);
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty() && sent.isEmpty();
  }

  /** The first one that waits. */
  Optional<Delivery> next() {
    return Optional.ofNullable(waiting.peek()).map(batch::get);
  }

  /** The first one that waits is in Kafka already. */
  void nextIsDelivered() {
    report.delivered(waiting.remove());
  }

  /** The first one that waits will never be sent. */
  void nextFailed(CallbackException why) {
    report.failed(waiting.remove(), why);
  }

  /** Moves the first one that waits into the transaction, and gives its place in the batch. */
  int send() {
    int place = waiting.remove();
    sent.add(place);
    return place;
  }

  /** The fires in the transaction. */
  List<Delivery> sent() {
    return sent.stream().map(batch::get).toList();
  }

  /** The transaction was committed. */
  void committed() {
    sent.forEach(report::delivered);
    sent.clear();
  }

  /**
   * The transaction was aborted because of the fire at {@code place}; its other fires wait again.
   */
  void abortedFor(int place, CallbackException why) {
    report.failed(place, why);
    for (int i = sent.size() - 1; i >= 0; i--) {
      if (sent.get(i) != place) {
        waiting.addFirst(sent.get(i));
      }
    }
    sent.clear();
  }

  /** Ends the batch: all fires failed, those in the transaction for the reason {@code sentWhy}. */
  void failed(CallbackException why, CallbackException sentWhy) {
    failed(why, sentWhy, delivery -> true);
  }

  /**
   * As the other method, but only doubtful fires of the transaction fail for the reason {@code
   * sentWhy}.
   */
  void failed(CallbackException why, CallbackException sentWhy, Predicate<Delivery> isDoubtful) {
    sent.forEach(i -> report.failed(i, isDoubtful.test(batch.get(i)) ? sentWhy : why));
    waiting.forEach(i -> report.failed(i, why));
    sent.clear();
    waiting.clear();
  }
}
