package io.actionscheduler.fire;

import io.actionscheduler.action.ActionId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Who changed which action; the latest changes only. */
public interface ChangeStore {
  /** How many changes are stored; older ones are dropped. */
  int MOST_CHANGES = 1_000_000;

  /**
   * Stores changes. Needs no ownership of the store.
   *
   * @throws StoreException when the store cannot be written
   */
  void addChanges(Collection<Change> changes) throws StoreException;

  /**
   * Whether {@link #addChanges} now would be a part of the transaction on the action table that is
   * under way in this thread: both are in one file.
   */
  default boolean isPartOfTransaction() {
    return false;
  }

  /**
   * The latest, latest first.
   *
   * @param action empty for all
   * @param before only those with a smaller number; {@link Long#MAX_VALUE} to begin with
   * @throws StoreException when the store cannot be read
   */
  List<Change> changes(Optional<ActionId> action, long before, int most) throws StoreException;
}
