package io.actionscheduler.callback;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Passes every call on to another callback. Extend it to change some of the calls. */
public abstract class ForwardingCallback implements BatchCallback {
  private final BatchCallback callback;

  /**
   * @param callback is closed with this
   */
  protected ForwardingCallback(BatchCallback callback) {
    this.callback = requireNonNull(callback, "callback is null");
  }

  @Override
  public void deliver(List<Delivery> batch, Report report) throws InterruptedException {
    callback.deliver(batch, report);
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
