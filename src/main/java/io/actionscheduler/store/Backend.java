package io.actionscheduler.store;

import io.actionscheduler.db.SqliteFile.Work;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.StoreOwner;
import io.actionscheduler.store.ownership.OwnedDatabase;
import io.actionscheduler.store.ownership.Ownership;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What differs between the databases that a store can use. */
interface Backend extends OwnedDatabase {
  Schema schema();

  /**
   * Inserts rows into a table, or replaces those with the same key.
   *
   * @param keys how many of {@code columns}, from the first, are the primary key
   */
  Bulk upsert(String table, List<String> columns, int keys);

  /** Inserts new rows into a table. */
  Bulk insert(String table, List<String> columns);

  /** Whether a new record of the history is numbered behind the highest where none is given. */
  boolean numbersHistory();

  @Override
  default boolean isCurrent(Handle handle) throws SQLException {
    return schema().isCurrent(handle, this);
  }

  @Override
  default void migrate(Handle handle) throws SQLException {
    schema().migrate(handle, this);
  }

  /**
   * Prevents others from adding to the history until the transaction ends, so that records are
   * numbered without gaps, in the order of the commits.
   *
   * @throws SQLException when the lock is not had in time, or the database is unavailable
   */
  void lockHistory(Handle handle) throws SQLException;

  /**
   * Like {@link #write}, perhaps in one transaction with the works of others, where a transaction
   * costs much. It may run on the thread of another caller.
   *
   * @throws SQLException when the work fails, or the database is unavailable
   */
  default <T> T writeTogether(Work<T> work) throws SQLException {
    return write(work);
  }

  /** Whether {@link #writeTogether} now would be a part of a transaction of this thread. */
  default boolean isJoining() {
    return false;
  }

  /**
   * Takes ownership; the schema is updated then, or where ownership is entered.
   *
   * @param lost called once, from any thread, when ownership is lost; not after it was given back
   * @throws OwnedElsewhere when another process is the owner
   * @throws SQLException when the database cannot be read or written, or its schema is newer
   */
  Ownership own(Runnable lost) throws OwnedElsewhere, SQLException;

  /**
   * Whether {@code fault} of a write only says that there is no room for it, while everything that
   * is stored can be read.
   *
   * @throws SQLException when the database cannot be read
   */
  default boolean isOnlyFull(SQLException fault) throws SQLException {
    return false;
  }

  /** How often another database has taken the place of the one that is open. */
  default int generation() {
    return 0;
  }

  /**
   * Who holds the lease now; empty where nobody does, or where there is no such thing.
   *
   * @throws SQLException when the database cannot be read
   */
  default Optional<StoreOwner> leaseHolder() throws SQLException {
    return Optional.empty();
  }

  /** Which process owns the store, as far as it can be told without disturbing it. */
  default Optional<StoreOwner> owner() throws SQLException {
    return leaseHolder();
  }
}
