package io.actionscheduler.callback;

import java.util.List;
import java.util.Optional;

/**
 * Where fires go, many at a time. Several threads call it at once, at most {@link #concurrency}.
 */
public interface BatchCallback extends AutoCloseable {

  /**
   * Delivers a batch and reports on each of it, from any thread, before it returns. The fires of a
   * batch belong to different actions, so that their order does not matter. What is not reported
   * when this returns or throws counts as refused with unknown outcome.
   */
  void deliver(List<Delivery> batch, Report report) throws InterruptedException;

  /**
   * Does beforehand what would slow down the first delivery, such as connecting. Called at most
   * once, from a thread of its own that may wait, beside deliveries; a target that is unavailable
   * is no error here. A callback works without it.
   */
  default void warmUp() throws InterruptedException {}

  /** Whether the target keeps account of what it was delivered, so that it has to be asked. */
  default boolean remembers() {
    return false;
  }

  /**
   * What the target holds of earlier runs. Where it {@link #remembers}, nothing is delivered or
   * given up before this was answered once; called from a thread that may wait.
   *
   * @throws CallbackException when it cannot be asked now: it is tried again
   */
  default Recollection recall() throws CallbackException, InterruptedException {
    return action -> Optional.empty();
  }

  /** The most fires that one batch may hold; at least 1. */
  int batchSize();

  /** The most calls at the same time; at least 1. */
  int concurrency();

  /**
   * The scheduler has begun to stop: what is under way has its time to end, and nothing more is
   * delivered. Called at most once, from any thread; returns at once.
   */
  default void stopping() {}

  /**
   * Lets go of everything, within seconds. Deliveries under way end and report; later ones are
   * reported as not delivered.
   */
  @Override
  void close();
}
