package io.actionscheduler.callback.kafka;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Report;
import java.util.List;

/** Reports the results of a batch. */
public final class Outcomes {
  private final String target;
  private final Report report;
  private boolean unavailable;

  public Outcomes(String target, Report report) {
    this.target = requireNonNull(target, "target is null");
    this.report = requireNonNull(report, "report is null");
  }

  /** Whether there was a failure of the connection, as opposed to one of a record. */
  boolean isUnavailable() {
    return unavailable;
  }

  /**
   * Reports on all records of a batch of {@code size}, of which the producer was given {@code
   * sent}. The others get the result of the last of these, which ended the sending.
   */
  void report(List<Sending> sent, int size) {
    CallbackException why =
        CallbackException.unavailable(target + ": stopped before it was sent", null);
    Exception told = null;
    for (int i = 0; i < sent.size(); i++) {
      Sending sending = sent.get(i);
      if (!sending.isAnswered()) {
        failed(
            i, CallbackException.unavailableUnknown(target + ": stopped before the answer", null));
      } else if (sending.failure().isEmpty()) {
        report.delivered(i);
      } else {
        Exception failure = sending.failure().get();
        if (failure != told) { // thousands of records share one exception
          told = failure;
          why = why(sending, failure);
        }
        failed(i, why);
      }
    }
    for (int i = sent.size(); i < size; i++) {
      failed(i, why);
    }
  }

  /** Reports that nothing of a batch of {@code size} was sent. */
  public void nothingSent(int size, CallbackException why) {
    for (int i = 0; i < size; i++) {
      failed(i, why);
    }
  }

  private CallbackException why(Sending sending, Exception failure) {
    return sending.isTaken()
        ? KafkaErrors.notConfirmed(target, failure)
        : KafkaErrors.notSent(target, failure);
  }

  private void failed(int index, CallbackException why) {
    unavailable |= why.kind() == CallbackException.Kind.UNAVAILABLE;
    report.failed(index, why);
  }
}
