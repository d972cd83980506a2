package io.actionscheduler.store;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.SqliteFile;
import io.actionscheduler.db.SqliteFile.Work;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.StoreOwner;
import io.actionscheduler.store.ownership.Owner;
import io.actionscheduler.store.ownership.Ownership;
import io.actionscheduler.store.ownership.SqliteOwnership;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/** A SQLite file, which may hold the action table of other programs too. */
final class SqliteBackend implements Backend {
  private static final Logger log = LoggerFactory.getLogger(SqliteBackend.class);

  private final DatabaseSettings settings;
  private final SqliteFile file;
  private final boolean shared;
  private final InstantSource clock;
  private final Schema schema = Schema.of("sqlite");

  /**
   * @param shared whether this process has other tables in the file besides the store
   */
  SqliteBackend(DatabaseSettings settings, SqliteFile file, boolean shared, InstantSource clock) {
    this.settings = requireNonNull(settings, "settings is null");
    this.file = requireNonNull(file, "file is null");
    this.shared = shared;
    this.clock = requireNonNull(clock, "clock is null");
  }

  private static int tablesOfOthers(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT count(*) FROM sqlite_master
            WHERE substr(name, 1, 10) <> 'scheduler_' AND substr(name, 1, 7) <> 'sqlite_'
            """)
        .mapTo(int.class)
        .one();
  }

  @Override
  public DatabaseSettings settings() {
    return settings;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public Bulk upsert(String table, List<String> columns, int keys) {
    // Replaces rows without reading them first: two thirds of the time of ON CONFLICT.
    return SqliteRows.of("INSERT OR REPLACE", table, columns);
  }

  @Override
  public Bulk insert(String table, List<String> columns) {
    return SqliteRows.of("INSERT", table, columns);
  }

  @Override
  public boolean numbersHistory() {
    return true;
  }

  @Override
  public boolean hasTable(Handle handle, String table) {
    return handle
            .createQuery(
                "SELECT count(*) FROM sqlite_master WHERE type IN ('table', 'view') AND name = :name")
            .bind("name", table)
            .mapTo(int.class)
            .one()
        > 0;
  }

  @Override
  public void lockHistory(Handle handle) {
    // the write lock of the whole file is held already
  }

  @Override
  public <T> T read(Work<T> work) throws SQLException {
    file.refresh();
    return file.read(work);
  }

  @Override
  public <T> T write(Work<T> work) throws SQLException {
    file.refresh();
    return file.write(work);
  }

  @Override
  public <T> T writeTogether(Work<T> work) throws SQLException {
    return file.writeTogether(work);
  }

  @Override
  public boolean isJoining() {
    return file.isWriting();
  }

  @Override
  public Ownership own(Runnable lost) throws OwnedElsewhere, SQLException {
    return SqliteOwnership.take(this, file, Owner.thisProcess(clock.instant()), lost);
  }

  @Override
  public int generation() {
    return file.generation();
  }

  @Override
  public boolean isOnlyFull(SQLException fault) throws SQLException {
    return (fault.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_FULL.code
        && read(handle -> schema.isReady(handle, this));
  }

  @Override
  public Optional<StoreOwner> owner() throws SQLException {
    return SqliteOwnership.owner(this);
  }

  @Override
  public void prepare() throws SQLException {
    // In a file with another program's tables, that program decides the journal mode.
    if (!shared && file.read(SqliteBackend::tablesOfOthers) == 0) {
      try {
        file.useWriteAheadLog();
      } catch (SQLException e) {
        if ((e.getErrorCode() & 0xff) != SQLiteErrorCode.SQLITE_BUSY.code) {
          throw e;
        }
        log.info("{} is being read, and keeps its journal mode for now", settings);
      }
    }
  }
}
