package io.actionscheduler.store.ownership;

import io.actionscheduler.db.PostgresConnections;
import io.actionscheduler.fire.StoreOwner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The row that says who owns a PostgreSQL store. It is renewed over a separate connection, so that
 * no other work can delay that. All its times are by the clock of the database.
 */
final class LeaseRow implements AutoCloseable {
  private static final Duration TO_TAKE = Duration.ofSeconds(30);
  private static final Duration TO_MIGRATE = Duration.ofHours(1);
  private static final Duration TO_RENEW = Duration.ofSeconds(3);

  /** The key of an advisory lock, so that two processes do not make the tables at the same time. */
  private static final long SCHEMA_LOCK = 7_233_174_912_001L;

  private final OwnedDatabase database;
  private final Duration length;
  private Connection connection; // null while there is none
  private boolean closed;

  LeaseRow(OwnedDatabase database, Duration length) {
    this.database = database;
    this.length = length;
  }

  /** What came of asking for the lease: a token, or who holds it and until when. */
  record Answer(Optional<Long> token, Optional<StoreOwner> held) {}

  /** Takes the lease unless it is held. Brings the schema up to date first. */
  Answer ask(Owner asking) throws SQLException {
    try (Connection own = PostgresConnections.connect(database.settings(), TO_TAKE)) {
      return Jdbi.create(own)
          .inTransaction(
              handle -> {
                PostgresConnections.begin(own, TO_TAKE, "");
                return ask(handle, asking);
              });
    } catch (JdbiException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private Answer ask(Handle handle, Owner asking) throws SQLException {
    handle.execute("SELECT pg_advisory_xact_lock(?)", SCHEMA_LOCK);
    if (database.hasTable(handle, "scheduler_owner")) {
      Optional<StoreOwner> held = held(handle, " FOR UPDATE");
      if (held.isPresent()) {
        return new Answer(Optional.empty(), held);
      }
    }
    // Indexing a long history takes long, and nothing else runs on this connection.
    handle.getConnection().setNetworkTimeout(Runnable::run, (int) TO_MIGRATE.toMillis());
    handle.execute("SET LOCAL statement_timeout = " + TO_MIGRATE.toMillis());
    database.migrate(handle);
    return new Answer(Optional.of(enter(handle, asking)), Optional.empty());
  }

  /** Who holds the lease; empty where it has run out or was never taken. Locks nothing. */
  static Optional<StoreOwner> holder(OwnedDatabase database, Handle handle) throws SQLException {
    return database.hasTable(handle, "scheduler_owner") ? held(handle, "") : Optional.empty();
  }

  private static Optional<StoreOwner> held(Handle handle, String lock) {
    return handle
        .createQuery(
            "SELECT host, pid, since, lease_until FROM scheduler_owner"
                + " WHERE lease_until > clock_timestamp()"
                + lock)
        .map(
            (row, context) ->
                new StoreOwner(
                    row.getString("host"),
                    row.getLong("pid"),
                    row.getObject("since", OffsetDateTime.class).toInstant(),
                    row.getObject("lease_until", OffsetDateTime.class).toInstant()))
        .findOne();
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

  /** Renews the lease for its full length; false when {@code token} no longer holds it. */
  boolean renew(long token) throws SQLException {
    return update(
        """
        UPDATE scheduler_owner
        SET lease_until = clock_timestamp() + ? * interval '1 second' WHERE token = ?
        """,
        seconds(),
        token);
  }

  /** Lets the lease end now. */
  void giveBack(long token) throws SQLException {
    String sql =
        """
        UPDATE scheduler_owner
        SET lease_until = clock_timestamp() - ? * interval '1 second' WHERE token = ?
        """;
    try {
      update(sql, 0, token);
    } catch (SQLException e) {
      update(sql, 0, token); // the server was restarted: the connection is from before
    }
  }

  private boolean update(String sql, double seconds, long token) throws SQLException {
    Connection used = connected();
    try (var statement = used.prepareStatement(sql)) {
      PostgresConnections.begin(used, TO_RENEW, "");
      statement.setDouble(1, seconds);
      statement.setLong(2, token);
      boolean held = statement.executeUpdate() == 1;
      used.commit();
      return held;
    } catch (SQLException e) {
      drop(used);
      throw e;
    }
  }

  /**
   * Whether {@code token} is in force; if so, nobody can take the lease before the transaction of
   * {@code handle} ends, while it can still be renewed.
   */
  static boolean isHeldBy(Handle handle, long token) {
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

  private synchronized Connection connected() throws SQLException {
    if (closed) {
      throw new SQLException("ownership was given back");
    }
    if (connection == null) {
      connection = PostgresConnections.connect(database.settings(), TO_RENEW);
      connection.setAutoCommit(false);
    }
    return connection;
  }

  private synchronized void drop(Connection broken) throws SQLException {
    if (connection == broken) {
      connection = null;
    }
    broken.abort(Runnable::run); // at once, although another thread may be waiting on it
  }

  @Override
  public synchronized void close() throws SQLException {
    closed = true;
    if (connection != null) {
      drop(connection);
    }
  }
}
