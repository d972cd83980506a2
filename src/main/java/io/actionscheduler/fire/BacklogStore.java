package io.actionscheduler.fire;

import java.time.Duration;
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

  /** Stores that fires are held; empty: no longer. */
  void keepHold(Optional<BacklogHold> hold) throws StoreException;

  /** What was stored last on whether fires are held. */
  Optional<BacklogHold> hold() throws StoreException;

  /**
   * Stores decisions, each in place of an earlier one on the same fires, and deletes those older
   * than {@link #DECISIONS_KEPT}.
   */
  void keepDecisions(Collection<DecidedBacklog> decisions) throws StoreException;

  /** All stored decisions, those of one action in the order of their fires. */
  List<DecidedBacklog> decisions() throws StoreException;
}
