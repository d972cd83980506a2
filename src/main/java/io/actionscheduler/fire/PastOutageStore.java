package io.actionscheduler.fire;

import java.time.Instant;
import java.util.Optional;

/**
 * When targets could not be reached; the latest outages only. A store that lasts no longer than its
 * scheduler stores none.
 */
public interface PastOutageStore {
  /** The number of outages that are stored; older ones are deleted. */
  int MOST_OUTAGES = 10_000;

  /**
   * Stores an outage, in place of the one of the callback that began at the same time.
   *
   * @throws StoreException when the store cannot be written
   */
  default void keepOutage(TargetOutage outage) throws StoreException {}

  /**
   * Ends the outages that an earlier scheduler left open: whether they lasted is not known.
   *
   * @param at the end that they get
   * @throws StoreException when the store cannot be written
   */
  default void endOutages(Instant at) throws StoreException {}

  /**
   * The latest outage of the target of {@code callback} that overlaps the given time.
   *
   * @throws StoreException when the store cannot be read
   */
  default Optional<TargetOutage> outage(String callback, Instant from, Instant to)
      throws StoreException {
    return Optional.empty();
  }
}
