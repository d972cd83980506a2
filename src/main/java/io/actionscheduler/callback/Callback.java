package io.actionscheduler.callback;

/**
 * Delivers one fire at a time: the simple way to write a callback. Called by several threads at the
 * same time, at most {@code max_concurrent}.
 */
public interface Callback extends AutoCloseable {

  /**
   * Delivers one fire. When this returns, the fire counts as delivered; an exception other than
   * {@link CallbackException} counts as a refusal with unknown outcome.
   *
   * @throws CallbackException when the fire was not delivered, or not certainly
   * @throws InterruptedException when the scheduler stops before the result is known
   */
  void deliver(Delivery delivery) throws CallbackException, InterruptedException;

  /**
   * As {@link BatchCallback#warmUp}.
   *
   * @throws InterruptedException when the scheduler stops meanwhile
   */
  default void warmUp() throws InterruptedException {}

  /** As {@link BatchCallback#stopping}. */
  default void stopping() {}

  @Override
  default void close() {}
}
