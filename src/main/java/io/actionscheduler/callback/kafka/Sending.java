package io.actionscheduler.callback.kafka;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** A record that is being sent. */
final class Sending implements Callback {
  private final CountDownLatch unanswered;
  private final Thread sender = Thread.currentThread();
  private Optional<Exception> failure = Optional.empty();
  private boolean taken = true;
  private volatile boolean
      answered; // written last: a thread that sees it sees the other fields, too

  /**
   * @param unanswered counted down with the answer
   */
  Sending(CountDownLatch unanswered) {
    this.unanswered = requireNonNull(unanswered, "unanswered is null");
  }

  /** Called by the producer; on the sending thread if the producer does not accept the record. */
  @Override
  public void onCompletion(RecordMetadata ignored, Exception e) {
    if (e != null) {
      failure = Optional.of(e);
      taken = Thread.currentThread() != sender;
    }
    answered = true;
    unanswered.countDown();
  }

  boolean isAnswered() {
    return answered;
  }

  /** Whether the producer accepted it; valid once there is an answer. */
  boolean isTaken() {
    return taken;
  }

  /** Whether it failed in a way that every further record would wait and fail as well. */
  boolean stopsTheRest() {
    return failure.isPresent() && !taken && !(failure.get() instanceof RecordTooLargeException);
  }

  /** Why it failed; empty when the brokers have it. Valid once there is an answer. */
  Optional<Exception> failure() {
    return failure;
  }
}
