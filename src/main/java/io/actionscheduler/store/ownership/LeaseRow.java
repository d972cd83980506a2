package io.actionscheduler.store.ownership;

import io.actionscheduler.db.PostgresConnections;
import io.actionscheduler.fire.StoreOwner;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The row that says who owns a PostgreSQL store. It is renewed over a separate connection, so that
 * no other work can delay that. All its times are by the clock of the database.
 */
final class LeaseRow implements LeasedRow {
  private static final Duration TO_TAKE = Duration.ofSeconds(30);
  private static final Duration IDLE = LeaseTimes.WITH_STANDBY.length();
  private static final Duration TO_MIGRATE = Duration.ofHours(1);

  /** The key of an advisory lock, so that two processes do not make the tables at the same time. */
  private static final long SCHEMA_LOCK = 7_233_174_912_001L;

  private final OwnedDatabase database;
  private final Duration length;
  private final RenewingConnection connection;

  LeaseRow(OwnedDatabase database, Duration length) {
    this.database = database;
    this.length = length;
    this.connection = new RenewingConnection(database.settings());
  }

  /** What came of asking for the lease: a token, or who holds it and until when. */
  record Answer(Optional<Long> token, Optional<StoreOwner> held) {}

  /** Takes the lease unless it is held. Brings the schema up to date first. */
  Answer ask(Owner asking) throws SQLException {
    return alone(database, handle -> ask(handle, asking));
  }

  private Answer ask(Handle handle, Owner asking) throws SQLException {
    if (database.hasTable(handle, "scheduler_owner")) {
      Optional<StoreOwner> held = held(handle, " FOR UPDATE");
      if (held.isPresent()) {
        return new Answer(Optional.empty(), held);
      }
    }
    Optional<StoreOwner> member = member(database, handle);
    if (member.isPresent()) {
      return new Answer(Optional.empty(), member);
    }
    migrate(database, handle);
    return new Answer(Optional.of(enter(handle, asking)), Optional.empty());
  }

  /**
   * Runs {@code work} in a transaction on a connection of its own, while no other process takes the
   * lease, makes tables or enters a cluster.
   */
  static <T> T alone(OwnedDatabase database, HandleCallback<T, SQLException> work)
      throws SQLException {
    try (Connection own = PostgresConnections.connect(database.settings(), TO_TAKE)) {
      return Jdbi.create(own)
          .inTransaction(
              handle -> {
                PostgresConnections.beginLocking(own, TO_TAKE, IDLE);
                handle.execute("SELECT pg_advisory_xact_lock(?)", SCHEMA_LOCK);
                return work.withHandle(handle);
              });
    } catch (JdbiException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Brings the schema up to date, which may take long; to be called in {@link #alone}. */
  static void migrate(OwnedDatabase database, Handle handle) throws SQLException {
    // Indexing a long history takes long, and nothing else runs on this connection.
    handle.getConnection().setNetworkTimeout(Runnable::run, (int) TO_MIGRATE.toMillis());
    handle.execute("SET LOCAL statement_timeout = " + TO_MIGRATE.toMillis());
    database.migrate(handle);
  }

  /** Throws while a scheduler that is in no cluster holds the lease. */
  static void requireFree(OwnedDatabase database, Handle handle) throws SQLException {
    Optional<StoreOwner> single = single(database, handle);
    if (single.isPresent()) {
      throw new SQLException(
          "a scheduler without cluster.name owns it: "
              + single.get().text()
              + "; stop that process");
    }
  }

  /** Who holds the lease; empty where it has run out or was never taken. Locks nothing. */
  static Optional<StoreOwner> holder(OwnedDatabase database, Handle handle) throws SQLException {
    Optional<StoreOwner> single = single(database, handle);
    return single.isPresent() ? single : member(database, handle);
  }

  private static Optional<StoreOwner> single(OwnedDatabase database, Handle handle)
      throws SQLException {
    return database.hasTable(handle, "scheduler_owner") ? held(handle, "") : Optional.empty();
  }

  /** A process of a cluster that runs; empty where none does. */
  static Optional<StoreOwner> member(OwnedDatabase database, Handle handle) throws SQLException {
    return database.hasTable(handle, "scheduler_member")
        ? MemberRow.anyAlive(handle)
        : Optional.empty();
  }

  private static Optional<StoreOwner> held(Handle handle, String lock) {
    return handle
        .createQuery(
            "SELECT host, pid, since, lease_until FROM scheduler_owner"
                + " WHERE lease_until > clock_timestamp()"
                + lock)
        .map((row, context) -> holder(row))
        .findOne();
  }

  /** The process of a row with {@code host}, {@code pid}, {@code since} and {@code lease_until}. */
  static StoreOwner holder(ResultSet row) throws SQLException {
    return new StoreOwner(
        row.getString("host"),
        row.getLong("pid"),
        row.getObject("since", OffsetDateTime.class).toInstant(),
        row.getObject("lease_until", OffsetDateTime.class).toInstant());
  }

  private long enter(Handle handle, Owner owner) {
    return handle
        .createQuery(
            """
            INSERT INTO scheduler_owner (id, token, host, pid, since, lease_until)
            VALUES (1, 1, :host, :pid, clock_timestamp(),
              clock_timestamp() + make_interval(secs => :seconds))
            ON CONFLICT (id) DO UPDATE SET
              token = scheduler_owner.token + 1, host = excluded.host, pid = excluded.pid,
              since = excluded.since, lease_until = excluded.lease_until
            RETURNING token
            """)
        .bind("host", owner.host())
        .bind("pid", owner.pid())
        .bind("seconds", seconds())
        .mapTo(long.class)
        .one();
  }

  @Override
  public boolean renew(long token) throws SQLException {
    return connection.update(
        """
        UPDATE scheduler_owner
        SET lease_until = clock_timestamp() + ? * interval '1 second' WHERE token = ?
        """,
        seconds(),
        token);
  }

  @Override
  public void giveBack(long token) throws SQLException {
    connection.updateAnyway(
        """
        UPDATE scheduler_owner
        SET lease_until = clock_timestamp() - ? * interval '1 second' WHERE token = ?
        """,
        0,
        token);
  }

  /**
   * Whether {@code token} is in force; if so, nobody can take the lease before the transaction of
   * {@code handle} ends, while it can still be renewed.
   */
  @Override
  public boolean isHeldBy(Handle handle, long token) {
    return handle
        .createQuery("SELECT 1 FROM scheduler_owner WHERE token = :token FOR KEY SHARE")
        .bind("token", token)
        .mapTo(int.class)
        .findOne()
        .isPresent();
  }

  private double seconds() {
    return length.toMillis() / 1000.0;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
