package io.actionscheduler.store;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.PostgresConnections;
import io.actionscheduler.db.SqliteFile.Work;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.StoreOwner;
import io.actionscheduler.store.ownership.Lease;
import io.actionscheduler.store.ownership.LeaseTimes;
import io.actionscheduler.store.ownership.Owner;
import io.actionscheduler.store.ownership.Ownership;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** A PostgreSQL database. */
final class PostgresBackend implements Backend {
  /** The key of an advisory lock; any number that differs from that of {@link LeaseRow}. */
  private static final long HISTORY_LOCK = 7_233_174_912_002L;

  private final DatabaseSettings settings;
  private final Jdbi pool;
  private final Duration idle; // of a transaction that writes
  private final Taking taking;
  private final Schema schema = Schema.of("postgresql");

  /** How ownership is taken. */
  @FunctionalInterface
  interface Taking {
    Ownership take(PostgresBackend database, Owner me, Runnable lost)
        throws OwnedElsewhere, SQLException;
  }

  PostgresBackend(DatabaseSettings settings, DataSource pool, LeaseTimes times) {
    this(
        settings,
        pool,
        times.length(),
        (database, me, lost) -> Lease.take(database, times, me, lost));
  }

  /**
   * @param idle the time after which the lease of a process that is suspended has ended, and the
   *     server ends what it had begun to write
   */
  private PostgresBackend(
      DatabaseSettings settings, DataSource pool, Duration idle, Taking taking) {
    this.idle = requireNonNull(idle, "idle is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.pool = Jdbi.create(pool);
    this.taking = requireNonNull(taking, "taking is null");
  }

  /** One whose owner may change at any time: whoever asks for it while it is held is told so. */
  static PostgresBackend withStandby(DatabaseSettings settings, DataSource pool, LeaseTimes times) {
    return new PostgresBackend(
        settings,
        pool,
        times.length(),
        (database, me, lost) -> Lease.takeIfFree(database, times, me, lost));
  }

  /** One that this process owns in part. */
  static PostgresBackend withOwnership(
      DatabaseSettings settings, DataSource pool, LeaseTimes times, Supplier<Ownership> ownership) {
    return new PostgresBackend(
        settings, pool, times.length(), (database, me, lost) -> ownership.get());
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
    String set =
        columns.stream()
            .skip(keys)
            .map(column -> column + " = excluded." + column)
            .collect(Collectors.joining(", "));
    String key = String.join(", ", columns.subList(0, keys));
    return new Arrays(into(table, columns), " ON CONFLICT (" + key + ") DO UPDATE SET " + set);
  }

  @Override
  public Bulk insert(String table, List<String> columns) {
    return new Arrays(into(table, columns), "");
  }

  private static String into(String table, List<String> columns) {
    return "INSERT INTO " + table + " (" + String.join(", ", columns) + ")";
  }

  @Override
  public boolean numbersHistory() {
    return false; // a sequence would leave gaps where a transaction fails
  }

  @Override
  public boolean hasTable(Handle handle, String table) {
    return handle
        .createQuery("SELECT to_regclass(:name) IS NOT NULL")
        .bind("name", table)
        .mapTo(boolean.class)
        .one();
  }

  @Override
  public void lockHistory(Handle handle) {
    handle.execute("SELECT pg_advisory_xact_lock(?)", HISTORY_LOCK);
  }

  @Override
  public <T> T read(Work<T> work) throws SQLException {
    return run(PostgresConnections::begin, work);
  }

  @Override
  public <T> T write(Work<T> work) throws SQLException {
    return run(connection -> PostgresConnections.beginLocking(connection, idle), work);
  }

  /** Begins a transaction. */
  @FunctionalInterface
  private interface Beginning {
    void begin(Connection connection) throws SQLException;
  }

  private <T> T run(Beginning beginning, Work<T> work) throws SQLException {
    try {
      return pool.inTransaction(
          handle -> {
            beginning.begin(handle.getConnection());
            return work.with(handle);
          });
    } catch (JdbiException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public Ownership own(Runnable lost) throws OwnedElsewhere, SQLException {
    // The database tells since when: it is its clock that counts.
    return taking.take(this, Owner.thisProcess(Instant.EPOCH), lost);
  }

  @Override
  public Optional<StoreOwner> leaseHolder() throws SQLException {
    return Lease.holder(this);
  }
}
