package io.actionscheduler.fire;

import java.util.Collection;
import java.util.List;

/**
 * Which targets are unavailable, for other processes. A store that they cannot read stores nothing
 * of it.
 */
public interface OutageStore {

  /**
   * Those that the latest owner stored, in the order of their names.
   *
   * @throws StoreException when the store cannot be read
   */
  default List<Outage> outages() throws StoreException {
    return List.of();
  }

  /**
   * Replaces what was stored; only for the owner, who begins with none.
   *
   * @throws StoreException when the store cannot be written, or another process owns it; nothing is
   *     stored then
   */
  default void keepOutages(Collection<Outage> now) throws StoreException {}
}
