package io.actionscheduler.callback;

import java.util.List;
import java.util.Optional;

/**
 * Delivers fires in batches. Called by several threads at the same time, at most {@link
 * #concurrency}.
 */
public interface BatchCallback extends AutoCloseable {

  /**
   * Delivers a batch and reports the result of each fire, from any thread, before it returns. The
   * fires of a batch belong to different actions, so their order does not matter. A fire that is
   * not reported when this returns or throws counts as refused with unknown outcome.
   *
   * @throws InterruptedException when the scheduler stops before all results are known
   */
  void deliver(List<Delivery> batch, Report report) throws InterruptedException;

  /**
   * Prepares for the first delivery, for instance by connecting. Called at most once, from a
   * separate thread that may wait, possibly while fires are being delivered. An unavailable target
   * is no error here. Deliveries must also work without this call.
   *
   * @throws InterruptedException when the scheduler stops meanwhile
   */
  default void warmUp() throws InterruptedException {}

  /** Whether the target records what it received, so that it has to be asked after a start. */
  default boolean remembers() {
    return false;
  }

  /**
   * Asks the target what it received in earlier runs. Where it {@link #remembers}, nothing is
   * delivered or given up before this has succeeded once. Called from a thread that may wait.
   *
   * @throws CallbackException when the target is unavailable: the request is repeated
   * @throws InterruptedException when the scheduler stops meanwhile
   */
  default Recollection recall() throws CallbackException, InterruptedException {
    return action -> Optional.empty();
  }

  /** The most fires that one batch may hold; at least 1. */
  int batchSize();

  /** The most calls at the same time; at least 1. */
  int concurrency();

  /**
   * The scheduler has begun to stop: deliveries that are under way may end, and no more begin.
   * Called at most once, from any thread; has to return at once.
   */
  default void stopping() {}

  /**
   * Releases all resources, within seconds. Deliveries under way end and report; later ones are
   * reported as not delivered.
   */
  @Override
  void close();
}
