package io.actionscheduler.fire;

import io.actionscheduler.action.ActionId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
        BacklogStore,
        RequestStore,
        SessionStore,
        BulkStore,
        OutageStore,
        ReloadStore,
        AutoCloseable {

  /** How messages name it, without secrets: {@code SQLite database.db}. */
  String label();

  /** Whether what is stored here survives the end of the process. */
  boolean isDurable();

  /**
   * Makes this process the owner, or refuses. {@code lost} is called once, from any thread, as soon
   * as ownership cannot be upheld; it is called before another process can be the owner, and from
   * then on every write here throws.
   *
   * @throws OwnedElsewhere when another process is the owner; the message names it
   * @throws StoreException when the store cannot be read or written, or its schema is newer than
   *     this program
   */
  void own(Runnable lost) throws OwnedElsewhere, StoreException;

  /**
   * Calls {@code told} when the owner continues with another database in the place of the one that
   * it wrote to, such as a backup that was moved there: it has an earlier state, and lacks what was
   * written since. It is called on the thread that found it, with a sentence for people, before
   * that thread writes anything else; never where this cannot happen.
   */
  default void whenReplaced(Consumer<String> told) {}

  /**
   * Whether this process may act as the owner, without asking the database: what it sends is held
   * back where it may not. Never true once another process may be the owner.
   */
  boolean isOwned();

  /**
   * Who holds the lease now; empty where nobody does, or where the store has no lease.
   *
   * @throws StoreException when the store cannot be read
   */
  Optional<StoreOwner> leaseHolder() throws StoreException;

  /**
   * Which process owns the store now, without disturbing it: the holder of the lease, or for a
   * store without one the process that took it last, unless that process is of this machine and has
   * ended. Where there is no lease, {@link StoreOwner#leaseUntil} is {@link Instant#MAX}.
   *
   * @throws StoreException when the store cannot be read
   */
  default Optional<StoreOwner> owner() throws StoreException {
    return leaseHolder();
  }

  /**
   * Keeps all of this, in one transaction: all of it, or nothing when it throws. A recording that
   * comes again, because the answer to it was lost, changes nothing.
   *
   * @throws StoreException when the store cannot be written, or another process owns it; nothing is
   *     stored then
   */
  void record(Recording recording) throws StoreException;

  /**
   * The next run times that the Python program left in its {@code apscheduler_jobs}, by action;
   * empty when there is no such table. Paused jobs and ids that are no numbers are left out.
   *
   * @throws StoreException when the store cannot be read
   */
  Map<ActionId, Instant> apschedulerNextRuns() throws StoreException;

  /** Gives up ownership and closes; does nothing when called again. */
  @Override
  void close();
}
