package io.actionscheduler.store.ownership;

import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.SqliteFile.Work;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** What ownership needs of the database that it is taken of. */
public interface OwnedDatabase {
  DatabaseSettings settings();

  /** Whether {@code table} exists. */
  boolean hasTable(Handle handle, String table) throws SQLException;

  /** Runs {@code work} in a transaction that only reads; short, as others may wait for it. */
  <T> T read(Work<T> work) throws SQLException;

  /** Runs {@code work} in one transaction; on disk when it returns. */
  <T> T write(Work<T> work) throws SQLException;

  /** Brings the tables to the newest version, inside the transaction of {@code handle}. */
  void migrate(Handle handle) throws SQLException;

  /** Changes what holds for the database as a whole; called by its owner, in no transaction. */
  default void prepare() throws SQLException {}
}
