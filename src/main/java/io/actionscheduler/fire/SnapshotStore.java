package io.actionscheduler.fire;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** The last good reading of each source, to start from when the source is unavailable. */
public interface SnapshotStore {

  /** When the kept reading of {@code source} was taken, or empty when there is none. */
  Optional<Instant> snapshotReadAt(String source) throws StoreException;

  /** Hands over the kept actions of {@code source} in ascending order of their ids. */
  void readSnapshot(String source, Consumer<Action> each) throws StoreException;

  /**
   * Brings kept actions of {@code source} up to date: {@code changed} are put in or replaced,
   * {@code removed} taken out. All, or nothing when it throws; a large change comes in several
   * calls, and a reading that was not kept to its end holds a mix of two good ones.
   */
  void saveSnapshot(String source, Collection<Action> changed, Collection<ActionId> removed)
      throws StoreException;

  /** Says that what is kept of {@code source} is whole and as it was read at {@code readAt}. */
  void snapshotTaken(String source, Instant readAt) throws StoreException;
}
