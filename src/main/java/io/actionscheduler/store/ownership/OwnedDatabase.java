package io.actionscheduler.store.ownership;

import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.SqliteFile.Work;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** What ownership needs from its database. */
public interface OwnedDatabase {
  DatabaseSettings settings();

  /**
   * Whether {@code table} exists.
   *
   * @throws SQLException when the database cannot be read
   */
  boolean hasTable(Handle handle, String table) throws SQLException;

  /**
   * Runs {@code work} in a transaction that only reads. It has to be short: others may wait.
   *
   * @throws SQLException from {@code work}, or when the database cannot be read
   */
  <T> T read(Work<T> work) throws SQLException;

  /**
   * Runs {@code work} in one transaction, which is on disk when this returns.
   *
   * @throws SQLException from {@code work}, or when it cannot be committed
   */
  <T> T write(Work<T> work) throws SQLException;

  /**
   * Whether the tables are of the newest version.
   *
   * @throws SQLException when they are of a newer version, or cannot be read
   */
  boolean isCurrent(Handle handle) throws SQLException;

  /**
   * Updates the tables to the newest version, in the transaction of {@code handle}.
   *
   * @throws SQLException when they are of a newer version, or cannot be changed
   */
  void migrate(Handle handle) throws SQLException;

  /**
   * Changes settings of the whole database; called by its owner, outside of transactions.
   *
   * @throws SQLException when they cannot be changed
   */
  default void prepare() throws SQLException {}
}
