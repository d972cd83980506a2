package io.actionscheduler.store.ownership;

import io.actionscheduler.fire.StoreOwner;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The row of one process of a cluster. Other processes have rows of their own, so the lease
 * excludes nobody: it tells others whether the process lives, and the process whether it may still
 * act. Its number is its token.
 */
final class MemberRow implements LeasedRow {
  private final double seconds;
  private final RenewingConnection connection;

  MemberRow(OwnedDatabase database, Duration length) {
    this.seconds = length.toMillis() / 1000.0;
    this.connection = new RenewingConnection(database.settings());
  }

  /** The process whose lease ends last; empty where all of them have ended. */
  static Optional<StoreOwner> anyAlive(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT host, pid, since, lease_until FROM scheduler_member
            WHERE lease_until > clock_timestamp() ORDER BY lease_until DESC LIMIT 1
            """)
        .map((row, context) -> LeaseRow.holder(row))
        .findOne();
  }

  /**
   * Adds a row, and removes those of processes that ended long ago; the new number. Refused while a
   * scheduler without cluster owns the database.
   */
  long enter(OwnedDatabase database, Owner process) throws SQLException {
    return LeaseRow.alone(
        database,
        handle -> {
          LeaseRow.requireFree(database, handle);
          handle.execute(
              """
              DELETE FROM scheduler_member
              WHERE lease_until < clock_timestamp() - interval '1 day'
                AND NOT EXISTS (SELECT 1 FROM scheduler_shard WHERE member = number)
              """);
          handle.execute(
              """
              DELETE FROM scheduler_written
              WHERE NOT EXISTS (SELECT 1 FROM scheduler_member WHERE number = member)
              """);
          return handle
              .createQuery(
                  """
                  INSERT INTO scheduler_member (host, pid, since, lease_until)
                  VALUES (:host, :pid, clock_timestamp(),
                    clock_timestamp() + make_interval(secs => :seconds))
                  RETURNING number
                  """)
              .bind("host", process.host())
              .bind("pid", process.pid())
              .bind("seconds", seconds)
              .mapTo(long.class)
              .one();
        });
  }

  /** A lease that has ended stays so: others may have acted on that. */
  @Override
  public boolean renew(long number) throws SQLException {
    return connection.update(
        """
        UPDATE scheduler_member
        SET lease_until = clock_timestamp() + ? * interval '1 second'
        WHERE number = ? AND lease_until > clock_timestamp()
        """,
        seconds,
        number);
  }

  @Override
  public void giveBack(long number) throws SQLException {
    connection.updateAnyway(
        """
        UPDATE scheduler_member
        SET lease_until = clock_timestamp() - ? * interval '1 second' WHERE number = ?
        """,
        0,
        number);
  }

  @Override
  public boolean isHeldBy(Handle handle, long number) {
    return handle
        .createQuery(
            """
            SELECT 1 FROM scheduler_member
            WHERE number = :number AND lease_until > clock_timestamp() FOR KEY SHARE
            """)
        .bind("number", number)
        .mapTo(int.class)
        .findOne()
        .isPresent();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
