package io.actionscheduler.callback.kafka;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** A record on its way. */
final class Sending implements Callback {
  private final CountDownLatch unanswered;
  private final Thread sender = Thread.currentThread();
  private Optional<Exception> failure = Optional.empty();
  private boolean taken = true;
  private volatile boolean answered; // written last: whoever sees it sees the rest

  /**
   * @param unanswered counted down with the answer
   */
  Sending(CountDownLatch unanswered) {
    this.unanswered = requireNonNull(unanswered, "unanswered is null");
  }

  /** Called by the producer: by the sending thread itself when it does not take the record. */
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

  /** Whether the producer took it; to be asked once it is answered. */
  boolean isTaken() {
    return taken;
  }

  /** Whether it failed in a way that would have each further one wait, and fail, as well. */
  boolean stopsTheRest() {
    return failure.isPresent() && !taken && !(failure.get() instanceof RecordTooLargeException);
  }

  /** Why it failed, or empty when the brokers have it; to be asked once it is answered. */
  Optional<Exception> failure() {
    return failure;
  }
}
