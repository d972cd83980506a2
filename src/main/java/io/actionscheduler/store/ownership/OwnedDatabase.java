package io.actionscheduler.store.ownership;

import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.SqliteFile.Work;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** What ownership needs from its database. */
public interface OwnedDatabase {
  DatabaseSettings settings();

  /** Whether {@code table} exists. */
  boolean hasTable(Handle handle, String table) throws SQLException;

  /** Runs {@code work} in a transaction that only reads. It has to be short: others may wait. */
  <T> T read(Work<T> work) throws SQLException;

  /** Runs {@code work} in one transaction, which is on disk when this returns. */
  <T> T write(Work<T> work) throws SQLException;

  /** Updates the tables to the newest version, in the transaction of {@code handle}. */
  void migrate(Handle handle) throws SQLException;

  /** Changes settings of the whole database; called by its owner, outside of transactions. */
  default void prepare() throws SQLException {}
}
