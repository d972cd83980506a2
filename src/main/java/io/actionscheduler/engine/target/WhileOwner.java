package io.actionscheduler.engine.target;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.ForwardingCallback;
import io.actionscheduler.callback.Recollection;
import io.actionscheduler.callback.Report;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A callback that delivers only as long as this process may act as the owner of the store: a
 * process that was suspended may continue in the middle of a delivery. This is checked on the
 * callback's own thread, just before each delivery.
 */
final class WhileOwner extends ForwardingCallback {
  private final BooleanSupplier permitted;

  /**
   * @param permitted whether this process may act as the owner
   */
  WhileOwner(BatchCallback callback, BooleanSupplier permitted) {
    super(callback);
    this.permitted = requireNonNull(permitted, "permitted is null");
  }

  private static CallbackException notSent() {
    return CallbackException.unavailable(
        "not sent: another process may own the store by now, until ownership is renewed", null);
  }

  @Override
  public void deliver(List<Delivery> batch, Report report) throws InterruptedException {
    if (permitted.getAsBoolean()) {
      super.deliver(batch, report);
    } else {
      for (int i = 0; i < batch.size(); i++) {
        report.failed(i, notSent());
      }
    }
  }

  @Override
  public Recollection recall() throws CallbackException, InterruptedException {
    if (!permitted.getAsBoolean()) {
      throw notSent();
    }
    return super.recall();
  }
}
