package io.actionscheduler.fire;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** When targets could not be reached; the latest outages only. A store in memory keeps none. */
public interface OutageStore {
  /** The number of outages that are stored; older ones are deleted. */
  int MOST_OUTAGES = 10_000;

  /**
   * Those that last, as the latest owner stored them, in the order of their callbacks.
   *
   * @throws StoreException when the store cannot be read
   */
  default List<Outage> outages() throws StoreException {
    return List.of();
  }

  /**
   * Stores that exactly these targets are unavailable; only for the owner, who begins with none:
   * what an earlier owner left open ends when that owner was last seen.
   *
   * @param at the end of the outages that are not among them any more
   * @throws StoreException when the store cannot be written, or another process owns it; nothing is
   *     stored then
   */
  default void keepOutages(Collection<Outage> now, Instant at) throws StoreException {}

  /**
   * The latest outage of the target of {@code callback} that overlaps the given time.
   *
   * @throws StoreException when the store cannot be read
   */
  default Optional<PastOutage> outage(String callback, Instant from, Instant to)
      throws StoreException {
    return Optional.empty();
  }
}
