package io.actionscheduler.fire;

import java.util.Optional;

/**
 * Through which a command asks the running scheduler to read its settings again. A store that lasts
 * no longer than its scheduler is no way to ask it.
 */
public interface ReloadStore {
  /**
   * Stores a request in place of the one before, or the answer to the latest request; an answer to
   * an earlier one is dropped. Needs no ownership.
   *
   * @throws StoreException when the store cannot be written
   */
  default void keepReload(ReloadRequest request) throws StoreException {}

  /**
   * The latest request.
   *
   * @throws StoreException when the store cannot be read
   */
  default Optional<ReloadRequest> reload() throws StoreException {
    return Optional.empty();
  }
}
