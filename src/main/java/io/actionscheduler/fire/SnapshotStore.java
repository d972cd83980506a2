package io.actionscheduler.fire;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** The last good reading of each source, to start from when the source is away. */
public interface SnapshotStore {

  /** When the kept reading of {@code source} was taken, or empty when there is none. */
  Optional<Instant> snapshotReadAt(String source) throws StoreException;

  /** Hands over the kept actions of {@code source} in ascending order of their ids. */
  void readSnapshot(String source, Consumer<Action> each) throws StoreException;

  /**
   * Brings the kept reading of {@code source} up to {@code readAt}: {@code changed} are put in or
   * replaced, {@code removed} taken out. All, or nothing when it throws.
   */
  void saveSnapshot(
      String source, Collection<Action> changed, Collection<ActionId> removed, Instant readAt)
      throws StoreException;
}
