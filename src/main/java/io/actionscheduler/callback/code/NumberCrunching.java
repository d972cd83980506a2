package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.common.SingleFireCallback;

/** Computes what an action's parameters ask for; the result is the fire's output. */
final class NumberCrunching implements SingleFireCallback {
  private final String name;
  private final CodeLimits limits;
  private final int concurrency;
  private volatile boolean closed;

  NumberCrunching(String name, CodeLimits limits, int concurrency) {
    this.name = requireNonNull(name, "name is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.concurrency = concurrency;
  }

  @Override
  public String deliver(Delivery delivery) throws CallbackException {
    Parameters parameters = new Parameters(delivery.action().parameters());
    if (closed) {
      throw CallbackException.unavailable(name + ": closed", null);
    }
    Operation operation = Operation.of(parameters);
    Deadline deadline =
        new Deadline(
            parameters.timeLimit(limits.time(), limits.longestTime()),
            System::nanoTime,
            () -> closed);
    return operation.result(parameters, deadline) + "\n";
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public void close() {
    closed = true;
  }
}
