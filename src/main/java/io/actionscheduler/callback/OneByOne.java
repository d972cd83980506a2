package io.actionscheduler.callback;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Adapts a {@link Callback}, which handles one fire at a time, to {@link BatchCallback}. */
public final class OneByOne implements BatchCallback {
  private final Callback callback;
  private final int concurrency;

  /**
   * @param concurrency the most fires at the same time; at least 1
   * @throws IllegalArgumentException when {@code concurrency} is below 1
   */
  public OneByOne(Callback callback, int concurrency) {
    this.callback = requireNonNull(callback, "callback is null");
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency " + concurrency + " is below 1");
    }
    this.concurrency = concurrency;
  }

  @Override
  public void deliver(List<Delivery> batch, Report report) throws InterruptedException {
    for (int i = 0; i < batch.size(); i++) {
      try {
        callback.deliver(batch.get(i));
        report.delivered(i);
      } catch (CallbackException e) {
        report.failed(i, e);
      } catch (InterruptedException e) {
        throw e;
      } catch (
          Throwable
              e) { // other JVM languages may throw any exception A missing class shows only when it
        // is first used: then this fire fails, not the
        // scheduler.
        report.failed(i, CallbackException.refusedUnknown(e.toString(), e));
      }
    }
  }

  @Override
  public void warmUp() throws InterruptedException {
    callback.warmUp();
  }

  @Override
  public void stopping() {
    callback.stopping();
  }

  @Override
  public int batchSize() {
    return 1;
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public void close() {
    callback.close();
  }
}
