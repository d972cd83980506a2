package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.SqliteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The action table in a SQLite file. The file's {@code data_version} shows commits of others; what
 * this process writes to other tables of a shared file goes through the same {@link SqliteFile} and
 * does not count.
 */
final class SqliteDatabase extends ActionDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);

  private final DatabaseSettings settings;
  private final Optional<SqliteFile> shared;
  private final SqlEcho echo;
  private final TableSql sql = new SqliteSql();
  private final AtomicLong ownWrites = new AtomicLong(); // to the table itself
  private State read; // null until the table was read
  private SqliteFile own;

  /** Between two equal states, the table has not changed. */
  private record State(SqliteFile file, int generation, long foreignChanges, long ownWrites) {}

  /** Carries an exception of the work through {@link SqliteFile}. */
  private static final class Carried extends RuntimeException {
    Carried(Exception cause) {
      super(cause);
    }
  }

  SqliteDatabase(DatabaseSettings settings, Optional<SqliteFile> shared, SqlEcho echo) {
    this.settings = requireNonNull(settings, "settings is null");
    this.shared = requireNonNull(shared, "shared is null");
    this.echo = echo;
  }

  @Override
  public String label() {
    return settings.label();
  }

  @Override
  TableSql sql() {
    return sql;
  }

  @Override
  <T> Optional<T> readIfChanged(boolean anyway, Reading<T> reading) throws SourceException {
    try {
      SqliteFile file = file();
      // Asked before the read: a commit in between only makes the next poll read once more.
      State now = new State(file, file.generation(), file.foreignChanges(), ownWrites.get());
      if (!anyway && now.equals(read)) {
        return Optional.empty();
      }
      TableColumns table = table(file);
      T result =
          file.read(
              handle ->
                  reading.of(
                      row ->
                          sql.scan(
                              echo.on(handle),
                              table.only(Column.OF_ACTIONS),
                              Optional.empty(),
                              row)));
      read = now;
      return Optional.of(result);
    } catch (SQLException | JdbiException e) {
      throw SourceFault.of(settings, e);
    }
  }

  private TableColumns table(SqliteFile file) throws SQLException, SourceException {
    TableColumns table = file.read(handle -> sql.describe(echo.on(handle)));
    if (table.isMissing()) {
      if (read != null) {
        throw SourceException.unavailable(
            label() + ": table action is gone; bring it back, or restart to create it", null);
      }
      table =
          this.<TableColumns, SourceException>carry(
              open ->
                  open.write(
                      carried(
                          handle -> {
                            createTable(handle);
                            return sql.describe(handle);
                          })));
    }
    table.requireNeeded(label());
    return table;
  }

  @Override
  <T, X extends Exception> T read(Work<T, X> work) throws SourceException, X {
    return carry(file -> file.read(carried(work)));
  }

  @Override
  <T, X extends Exception> T write(Work<T, X> work) throws SourceException, X {
    T result = carry(file -> file.write(carried(work)));
    ownWrites.incrementAndGet();
    return result;
  }

  @Override
  <T, X extends Exception> T writeTold(Told<T> rows, Work<T, X> work) throws SourceException, X {
    return carry(file -> file.writeTogether(carried(work)));
  }

  private interface OnFile<T> {
    T with(SqliteFile file) throws SQLException;
  }

  private <T> SqliteFile.Work<T> carried(Work<T, ?> work) {
    return handle -> {
      try {
        return work.with(echo.on(handle));
      } catch (SQLException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new Carried(e);
      }
    };
  }

  @SuppressWarnings("unchecked") // what is carried is a SourceException or what the work throws
  private <T, X extends Exception> T carry(OnFile<T> work) throws SourceException, X {
    try {
      return work.with(file());
    } catch (Carried e) {
      if (e.getCause() instanceof SourceException source) {
        throw source;
      }
      throw (X) e.getCause();
    } catch (SQLException | JdbiException e) {
      throw SourceFault.of(settings, e);
    }
  }

  /** The shared file, or our own; opened again when another file has replaced it. */
  private synchronized SqliteFile file() throws SQLException, SourceException {
    if (shared.isPresent()) {
      shared.get().refresh(); // logged by the store, which has more to do than to read again
      return shared.get();
    }
    Path path =
        settings
            .file()
            .orElseThrow(
                () ->
                    SourceException.misconfigured(
                        label() + ": a database in memory holds no table of others; name a file",
                        null));
    if (own == null) {
      if (!Files.exists(path)) {
        requireUnknown("the file is missing");
      }
      own = SqliteFile.open(path, settings.jdbcUrl());
    }
    int generation = own.generation();
    own.refresh();
    if (own.generation() > generation) {
      LOG.warn(
          "{}: {}; continuing with the rows of the file that is there now",
          label(),
          own.replaced());
    }
    return own;
  }

  private void closeOwn() throws SQLException {
    SqliteFile file = own;
    own = null;
    file.close();
  }

  @Override
  public synchronized void close() {
    if (own != null) {
      try {
        closeOwn();
      } catch (SQLException e) {
        throw new IllegalStateException(label() + ": " + e.getMessage(), e);
      }
    }
  }
}
