package io.actionscheduler.callback.common;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import java.util.List;

/** A callback that handles one fire per call, and has its output. */
public interface SingleFireCallback extends BatchCallback {
  /**
   * Handles one fire. Called by up to {@link #concurrency()} threads at the same time.
   *
   * @return its output, as the history shows it
   * @throws CallbackException when it was not delivered
   * @throws InterruptedException when the scheduler stops before it is known whether it was
   */
  String deliver(Delivery delivery) throws CallbackException, InterruptedException;

  @Override
  default void deliver(List<Delivery> batch, Report report) throws InterruptedException {
    for (int i = 0; i < batch.size(); i++) {
      try {
        report.delivered(i, deliver(batch.get(i)));
      } catch (CallbackException e) {
        report.failed(i, e);
      }
    }
  }

  @Override
  default int batchSize() {
    return 1;
  }
}
