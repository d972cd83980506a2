package io.actionscheduler.fire;

import io.actionscheduler.action.ActionId;
import java.time.Instant;
import java.util.Map;

/** The internal store: what must survive a restart. One process owns it at a time. */
public interface Store
    extends ProgressStore,
        DeadLetterStore,
        RunningStore,
        SnapshotStore,
        LedgerStore,
        HistoryStore,
        VerificationStore,
        ZoneLawStore,
        ChangeStore,
        RequestStore,
        SessionStore,
        AutoCloseable {

  /** How messages name it, without secrets: {@code SQLite database.db}. */
  String label();

  /** Whether what is kept here outlives the process. */
  boolean isDurable();

  /**
   * Makes this process the owner, or refuses. {@code lost} is called once, from any thread, as soon
   * as ownership cannot be upheld; it is called before another process can be the owner, and from
   * then on every write here throws.
   */
  void own(Runnable lost) throws OwnedElsewhere, StoreException;

  /**
   * Keeps all of this, in one transaction: all of it, or nothing when it throws. A recording that
   * comes again, because the answer to it was lost, changes nothing.
   */
  void record(Recording recording) throws StoreException;

  /**
   * The next run times that the Python program left in its {@code apscheduler_jobs}, by action;
   * empty when there is no such table. Paused jobs and ids that are no numbers are left out.
   */
  Map<ActionId, Instant> apschedulerNextRuns() throws StoreException;

  /** Gives up ownership and closes; does nothing when called again. */
  @Override
  void close();
}
