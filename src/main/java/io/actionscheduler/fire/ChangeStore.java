package io.actionscheduler.fire;

import io.actionscheduler.action.ActionId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Who changed which action, the latest of them; their number is bounded. */
public interface ChangeStore {
  /** As many are kept; older ones are dropped. */
  int MOST_CHANGES = 1_000_000;

  /** Keeps them: it needs no ownership, and touches nothing else. */
  void addChanges(Collection<Change> changes) throws StoreException;

  /**
   * The latest, latest first.
   *
   * @param action empty for all
   * @param before only those with a smaller number; {@link Long#MAX_VALUE} to begin with
   */
  List<Change> changes(Optional<ActionId> action, long before, int most) throws StoreException;
}
