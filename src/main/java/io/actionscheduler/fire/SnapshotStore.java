package io.actionscheduler.fire;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** The last good reading of each source, to start from when the source is unavailable. */
public interface SnapshotStore {

  /**
   * When the stored reading of {@code source} was taken, or empty when there is none.
   *
   * @throws StoreException when the store cannot be read
   */
  Optional<Instant> snapshotReadAt(String source) throws StoreException;

  /**
   * Hands over the stored actions of {@code source} in ascending order of their ids.
   *
   * @throws StoreException when the store cannot be read
   */
  void readSnapshot(String source, Consumer<Action> each) throws StoreException;

  /**
   * Updates the stored actions of {@code source}: {@code changed} are added or replaced, {@code
   * removed} taken out. All, or nothing when it throws; a large change comes in several calls, and
   * a reading that was not stored completely is a mix of two good ones.
   *
   * @throws StoreException when the store cannot be written, or another process owns it; nothing is
   *     stored then
   */
  void saveSnapshot(String source, Collection<Action> changed, Collection<ActionId> removed)
      throws StoreException;

  /**
   * Marks the stored actions of {@code source} as complete, and read at {@code readAt}.
   *
   * @throws StoreException when the store cannot be written
   */
  void snapshotTaken(String source, Instant readAt) throws StoreException;
}
