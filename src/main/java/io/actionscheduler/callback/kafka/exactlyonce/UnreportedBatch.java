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
 * What of a batch is not reported yet: what waits, first come first served, and what is in the
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

  /** The first that waits. */
  Optional<Delivery> next() {
    return Optional.ofNullable(waiting.peek()).map(batch::get);
  }

  /** The first that waits is in Kafka already. */
  void nextIsDelivered() {
    report.delivered(waiting.remove());
  }

  /** The first that waits will never be sent. */
  void nextFailed(CallbackException why) {
    report.failed(waiting.remove(), why);
  }

  /** The first that waits joins the transaction; its place in the batch. */
  int send() {
    int place = waiting.remove();
    sent.add(place);
    return place;
  }

  /** What is in the transaction. */
  List<Delivery> sent() {
    return sent.stream().map(batch::get).toList();
  }

  /** The transaction was committed. */
  void committed() {
    sent.forEach(report::delivered);
    sent.clear();
  }

  /** The transaction was aborted for the one at {@code place}; the others of it wait again. */
  void abortedFor(int place, CallbackException why) {
    report.failed(place, why);
    for (int i = sent.size() - 1; i >= 0; i--) {
      if (sent.get(i) != place) {
        waiting.addFirst(sent.get(i));
      }
    }
    sent.clear();
  }

  /** Nothing further is tried; what is in the transaction has ended as {@code sentWhy} says. */
  void failed(CallbackException why, CallbackException sentWhy) {
    failed(why, sentWhy, delivery -> true);
  }

  /** As above, but {@code sentWhy} holds for those of the transaction that are doubtful alone. */
  void failed(CallbackException why, CallbackException sentWhy, Predicate<Delivery> isDoubtful) {
    sent.forEach(i -> report.failed(i, isDoubtful.test(batch.get(i)) ? sentWhy : why));
    waiting.forEach(i -> report.failed(i, why));
    sent.clear();
    waiting.clear();
  }
}
