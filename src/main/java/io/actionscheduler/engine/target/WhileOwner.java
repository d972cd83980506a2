package io.actionscheduler.engine.target;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Recollection;
import io.actionscheduler.callback.Report;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A callback that hands on what it is given for as long as this process may act as the owner of the
 * store: a process that slept may wake up with a batch in its hand. Looked at on the callback's own
 * thread, just before.
 *
 * @param permitted whether it may
 */
record WhileOwner(BatchCallback callback, BooleanSupplier permitted) implements BatchCallback {
  WhileOwner {
    requireNonNull(callback, "callback is null");
    requireNonNull(permitted, "permitted is null");
  }

  private static CallbackException notSent() {
    return CallbackException.unavailable(
        "not sent: another process may own the store by now, until ownership is renewed", null);
  }

  @Override
  public void deliver(List<Delivery> batch, Report report) throws InterruptedException {
    if (permitted.getAsBoolean()) {
      callback.deliver(batch, report);
    } else {
      for (int i = 0; i < batch.size(); i++) {
        report.failed(i, notSent());
      }
    }
  }

  @Override
  public void warmUp() throws InterruptedException {
    callback.warmUp();
  }

  @Override
  public boolean remembers() {
    return callback.remembers();
  }

  @Override
  public Recollection recall() throws CallbackException, InterruptedException {
    if (!permitted.getAsBoolean()) {
      throw notSent();
    }
    return callback.recall();
  }

  @Override
  public int batchSize() {
    return callback.batchSize();
  }

  @Override
  public int concurrency() {
    return callback.concurrency();
  }

  @Override
  public void stopping() {
    callback.stopping();
  }

  @Override
  public void close() {
    callback.close();
  }
}
