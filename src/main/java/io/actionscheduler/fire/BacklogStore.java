package io.actionscheduler.fire;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What is held for an operator, and what was decided of it. What is held itself is found from
 * progress. Writing needs no ownership: a command decides beside the scheduler, which looks for
 * decisions while it holds anything.
 */
public interface BacklogStore {
  /** A decision is carried out by then, or its action fires no more. */
  Duration DECISIONS_KEPT = Duration.ofDays(30);

  /** Keeps that fires are held; empty: none are any more. */
  void keepHold(Optional<BacklogHold> hold) throws StoreException;

  /** Whether fires are held, as far as it is known here. */
  Optional<BacklogHold> hold() throws StoreException;

  /**
   * Keeps decisions, each in place of an earlier one on the same fires, and drops those that are
   * older than {@link #DECISIONS_KEPT}.
   */
  void keepDecisions(Collection<DecidedBacklog> decisions) throws StoreException;

  /** All decisions kept, those of one action in the order of their fires. */
  List<DecidedBacklog> decisions() throws StoreException;
}
