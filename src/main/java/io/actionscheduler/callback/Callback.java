package io.actionscheduler.callback;

/**
 * Where fires go, one at a time: the simple way to write a callback. Several threads call it at
 * once, at most {@code max_concurrent} of them.
 */
public interface Callback extends AutoCloseable {

  /**
   * Delivers one fire. Returning means that the target has it for good; an exception other than
   * {@link CallbackException} counts as a refusal whose outcome is unknown.
   */
  void deliver(Delivery delivery) throws CallbackException, InterruptedException;

  /** As {@link BatchCallback#warmUp}. */
  default void warmUp() throws InterruptedException {}

  /** As {@link BatchCallback#stopping}. */
  default void stopping() {}

  @Override
  default void close() {}
}
