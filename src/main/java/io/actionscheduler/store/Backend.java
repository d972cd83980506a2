package io.actionscheduler.store;

import io.actionscheduler.config.DatabaseSettings;
import io.actionscheduler.db.SqliteFile.Work;
import io.actionscheduler.fire.OwnedElsewhere;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What differs between the databases that a store can live in. */
interface Backend {
  DatabaseSettings settings();

  Schema schema();

  /**
   * Puts rows into a table, in the place of those with the same key.
   *
   * @param keys how many of {@code columns}, from the first, are the primary key
   */
  Bulk upsert(String table, List<String> columns, int keys);

  /** Puts new rows into a table. */
  Bulk insert(String table, List<String> columns);

  /** Whether {@code table} is there. */
  boolean hasTable(Handle handle, String table) throws SQLException;

  /** Runs {@code work} in a transaction that only reads; short, as others may wait for it. */
  <T> T read(Work<T> work) throws SQLException;

  /** Runs {@code work} in one transaction; on disk when it returns. */
  <T> T write(Work<T> work) throws SQLException;

  /**
   * Takes ownership, and brings the schema up to date under it.
   *
   * @param lost called once when it cannot be upheld any longer, from any thread; not after it was
   *     given back
   */
  Ownership own(Runnable lost) throws OwnedElsewhere, SQLException;
}
