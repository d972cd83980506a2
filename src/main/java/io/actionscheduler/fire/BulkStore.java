package io.actionscheduler.fire;

import java.util.Optional;

/**
 * Changes of many actions, so that a later scheduler can tell how far one came; the latest only. A
 * store that lasts no longer than its scheduler stores none.
 */
public interface BulkStore {
  /** The number of changes that are stored; older ones are deleted. */
  int MOST_BULKS = 100;

  /**
   * Stores a change of many, in place of the one with this id. Needs no ownership of the store.
   *
   * @throws StoreException when the store cannot be written
   */
  default void keepBulk(KeptBulk bulk) throws StoreException {}

  /**
   * The change of many with this id.
   *
   * @throws StoreException when the store cannot be read
   */
  default Optional<KeptBulk> bulk(String id) throws StoreException {
    return Optional.empty();
  }
}
