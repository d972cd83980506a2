package io.actionscheduler.fire;

import java.util.function.Consumer;

/**
 * The fires that have been with their callback for some time: {@link Store#record} writes them, and
 * a new owner begins with none.
 */
public interface RunningStore {

  /**
   * Hands over those of the scheduler that owns the store, or owned it last.
   *
   * @throws StoreException when the store cannot be read
   */
  void readRunning(Consumer<Run> each) throws StoreException;
}
