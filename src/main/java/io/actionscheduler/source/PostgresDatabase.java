package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.PostgresConnections;
import io.actionscheduler.db.PostgresSessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The action table in PostgreSQL. One connection stays open for polls; all other work shares some
 * that are kept.
 */
final class PostgresDatabase extends ActionDatabase {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final DatabaseSettings settings;
  private final SqlEcho echo;
  private final PostgresSql sql;
  private final PostgresSessions sessions;
  private Connection polling; // null where there is none
  private final OwnWrites own = new OwnWrites();
  private PostgresState read; // as it was read over that connection; null before
  private String server = ""; // which it was read from
  private boolean everRead;
  private String where = ""; // of the rows that are read for changes; empty for all
  private volatile boolean hasVersions; // whether the rows of the table have identities

  PostgresDatabase(DatabaseSettings settings, SqlEcho echo) {
    this.settings = requireNonNull(settings, "settings is null");
    this.echo = echo;
    this.sql = new PostgresSql(echo);
    this.sessions = new PostgresSessions(settings, LONGEST_WAIT);
  }

  @Override
  public synchronized void readOnly(String condition) {
    where = " WHERE " + condition;
  }

  @Override
  boolean indexShards(String shard) throws SourceException {
    String index = "CREATE INDEX IF NOT EXISTS action_shard ON action ((" + shard + "))";
    this.<Integer, RuntimeException>write(handle -> handle.execute(index));
    return true;
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
  synchronized <T> Optional<T> readIfChanged(boolean anyway, Reading<T> reading)
      throws SourceException {
    boolean kept = polling != null;
    try {
      return poll(anyway, reading);
    } catch (SQLException | JdbiException e) {
      disconnect(e);
      if (!kept) {
        throw fault(e);
      }
    }
    // An idle connection may have been closed meanwhile; a new one decides.
    try {
      return poll(anyway, reading);
    } catch (SQLException | JdbiException e) {
      disconnect(e);
      throw fault(e);
    }
  }

  private <T> Optional<T> poll(boolean anyway, Reading<T> reading)
      throws SQLException, SourceException {
    if (polling == null) {
      // The remembered state is void: after a crash the server may assign transaction numbers
      // again.
      read = null;
      polling = open();
      if (!everRead) {
        createMissing();
      }
    }
    RowSum written = own.all(); // asked first: the transaction sees all of it
    beginReading(polling);
    try (Handle handle = Jdbi.create(polling).open()) {
      Optional<T> result = readIfChanged(echo.on(handle), anyway, written, reading);
      own.forget(written);
      return result;
    } finally {
      polling.rollback();
    }
  }

  private <T> Optional<T> readIfChanged(
      Handle handle, boolean anyway, RowSum written, Reading<T> reading)
      throws SQLException, SourceException {
    String now = PostgresState.server(handle);
    if (!now.equals(server)) {
      server = now;
      read = null;
    }
    Optional<String> snapshot = PostgresState.snapshot(handle);
    if (!anyway && read != null && snapshot.isPresent() && snapshot.equals(read.snapshot())) {
      return Optional.empty();
    }
    TableColumns table = sql.describe(handle);
    require(table);
    PostgresState state = PostgresState.of(handle, snapshot, where);
    if (!anyway && state.isSurely(read, written)) {
      read = state;
      return Optional.empty();
    }
    T result = reading.of(row -> sql.scan(handle, table.only(Column.OF_ACTIONS), where, row));
    read = state;
    everRead = true;
    hasVersions = where.isEmpty() && state.rows().isPresent(); // else its sum is of a part
    return Optional.of(result);
  }

  private void require(TableColumns table) throws SourceException {
    if (table.isMissing()) {
      throw SourceException.unavailable(
          label() + ": table action is gone; bring it back, or restart to create it", null);
    }
    table.requireNeeded(label());
    table.requireIds(sql, label());
  }

  /** Of all rows, as they are at one moment; a row that is hidden is a fault, not a removed one. */
  private void beginReading(Connection connection) throws SQLException {
    PostgresConnections.begin(
        connection, LONGEST_WAIT, "ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    if (!settings.jdbcUrl().contains("row_security")) { // who sets it means to see a part
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET LOCAL row_security = off");
      }
    }
  }

  private void createMissing() throws SQLException, SourceException {
    try {
      create();
    } catch (JdbiException e) {
      polling.rollback();
      create(); // another program may have created it at the same moment
    }
    polling.commit();
  }

  private void create() throws SQLException, SourceException {
    PostgresConnections.begin(polling, LONGEST_WAIT, "");
    try (Handle handle = Jdbi.create(polling).open()) {
      if (sql.describe(echo.on(handle)).isMissing()) {
        createTable(handle);
      }
    }
  }

  @Override
  <T, X extends Exception> T read(Work<T, X> work) throws SourceException, X {
    return inTransaction(this::beginReading, work);
  }

  @Override
  <T, X extends Exception> T write(Work<T, X> work) throws SourceException, X {
    return inTransaction(
        connection -> PostgresConnections.begin(connection, LONGEST_WAIT, ""), work);
  }

  @Override
  <T, X extends Exception> T writeTold(Told<T> rows, Work<T, X> work) throws SourceException, X {
    if (!hasVersions) {
      return write(work);
    }
    RowSum[] difference = new RowSum[1];
    T result =
        this.<T, X>write(
            handle -> {
              for (long id : rows.before()) {
                sql.lockRow(handle, id);
              }
              RowSum before = PostgresState.of(handle, rows.before());
              T done = work.with(handle);
              difference[0] = PostgresState.of(handle, rows.written().apply(done)).minus(before);
              return done;
            });
    own.add(difference[0]);
    return result;
  }

  private <T, X extends Exception> T inTransaction(
      PostgresSessions.Beginning begin, Work<T, X> work) throws SourceException, X {
    try (PostgresSessions.Session session = sessions.begin(begin);
        Handle handle = Jdbi.create(session.connection()).open()) {
      T result = work.with(echo.on(handle));
      session.commit();
      return result;
    } catch (SQLException | JdbiException e) {
      throw fault(e);
    }
  }

  private Connection open() throws SQLException {
    Connection connection = PostgresConnections.connect(settings, LONGEST_WAIT);
    connection.setAutoCommit(false);
    return connection;
  }

  private SourceException fault(Exception e) {
    return SourceFault.of(settings, e);
  }

  private void disconnect(Exception cause) {
    Connection broken = polling;
    polling = null;
    if (broken != null) {
      try {
        broken.close();
      } catch (SQLException e) {
        cause.addSuppressed(e);
      }
    }
  }

  @Override
  public synchronized void close() {
    sessions.close();
    if (polling != null) {
      IllegalStateException failed = new IllegalStateException(label() + ": cannot be closed");
      disconnect(failed);
      if (failed.getSuppressed().length > 0) {
        throw failed;
      }
    }
  }
}
