package io.actionscheduler.fire;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Stores that fires are held for an operator, and his decisions; which fires are held follows from
 * progress. Writing needs no ownership: a command stores decisions beside the scheduler, which
 * reads them while it holds fires.
 */
public interface BacklogStore {
  /** How long decisions are stored; one that had no effect by then belongs to no active action. */
  Duration DECISIONS_KEPT = Duration.ofDays(30);

  /**
   * Stores that fires are held; empty: no longer.
   *
   * @throws StoreException when the store cannot be written, or another process owns it; nothing is
   *     stored then
   */
  void keepHold(Optional<BacklogHold> hold) throws StoreException;

  /**
   * What was stored last on whether fires are held.
   *
   * @throws StoreException when the store cannot be read
   */
  Optional<BacklogHold> hold() throws StoreException;

  /**
   * Stores decisions, each in place of an earlier one on the same fires, and deletes those older
   * than {@link #DECISIONS_KEPT}; in one transaction with the changes that say who decided.
   *
   * @throws StoreException when the store cannot be written; nothing is stored then
   */
  void keepDecisions(Collection<DecidedBacklog> decisions, Collection<Change> changes)
      throws StoreException;

  /**
   * Differs from an earlier one where decisions were stored meanwhile.
   *
   * @param count of the stored decisions
   * @param latest when the latest one was made; the epoch where there is none
   */
  record Stamp(long count, Instant latest) {}

  /**
   * Shows, at little cost, whether {@link #decisions} gives others than before.
   *
   * @throws StoreException when the store cannot be read
   */
  Stamp decisionsStamp() throws StoreException;

  /**
   * All stored decisions, those of one action in the order of their fires.
   *
   * @throws StoreException when the store cannot be read
   */
  List<DecidedBacklog> decisions() throws StoreException;
}
