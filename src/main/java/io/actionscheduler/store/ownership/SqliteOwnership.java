package io.actionscheduler.store.ownership;

import io.actionscheduler.db.Micros;
import io.actionscheduler.db.SqliteFile;
import io.actionscheduler.fire.OwnedElsewhere;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/**
 * Ownership of a SQLite file: an operating system lock on an empty file next to it, which ends with
 * the process, and a token in the database, which shows if somebody removed the lock file and
 * another process became owner.
 *
 * <p>The lock is taken through SQLite. Such locks vanish as soon as the process closes any
 * descriptor of the file. SQLite prevents this for its own descriptors; with a {@code FileChannel},
 * two schedulers in one process would both believe that they own the file.
 */
public final class SqliteOwnership implements Ownership {
  private static final Logger log = LoggerFactory.getLogger(SqliteOwnership.class);

  private final OwnedDatabase database;
  private final SqliteFile file;
  private final Owner owner;
  private final Connection lock;
  private final Runnable lost;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile OptionalLong token = OptionalLong.empty(); // until it is entered

  private SqliteOwnership(
      OwnedDatabase database, SqliteFile file, Owner owner, Connection lock, Runnable lost) {
    this.database = database;
    this.file = file;
    this.owner = owner;
    this.lock = lock;
    this.lost = lost;
  }

  /** Takes the lock, which alone keeps others out; it is not entered in the database yet. */
  public static SqliteOwnership take(
      OwnedDatabase database, SqliteFile file, Owner owner, Runnable lost)
      throws OwnedElsewhere, SQLException {
    Connection lock =
        DriverManager.getConnection("jdbc:sqlite:" + file.path() + ".lock?busy_timeout=0");
    try {
      if (!isTaken(lock)) {
        throw refusal(database);
      }
      return new SqliteOwnership(database, file, owner, lock, lost);
    } catch (OwnedElsewhere | SQLException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  @Override
  public void enter() throws SQLException {
    database.prepare();
    token = OptionalLong.of(database.write(handle -> enter(handle, database, owner)));
  }

  private static boolean isTaken(Connection lock) throws SQLException {
    try (Statement statement = lock.createStatement()) {
      statement.execute("PRAGMA journal_mode = MEMORY");
      statement.execute("BEGIN EXCLUSIVE");
      statement.execute("PRAGMA user_version = 1"); // never committed; fails where no lock is had
      return true;
    } catch (SQLException e) {
      if ((e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code) {
        return false;
      }
      throw e;
    }
  }

  private static long enter(Handle handle, OwnedDatabase database, Owner owner)
      throws SQLException {
    database.migrate(handle);
    return handle
        .createQuery(
            """
            INSERT INTO scheduler_owner (id, token, host, pid, since)
            VALUES (1, 1, :host, :pid, :since)
            ON CONFLICT (id) DO UPDATE SET
              token = token + 1, host = excluded.host, pid = excluded.pid, since = excluded.since
            RETURNING token
            """)
        .bind("host", owner.host())
        .bind("pid", owner.pid())
        .bind("since", Micros.of(owner.since()))
        .mapTo(long.class)
        .one();
  }

  private static OwnedElsewhere refusal(OwnedDatabase database) throws SQLException {
    Optional<Owner> owner =
        database.read(
            handle ->
                database.hasTable(handle, "scheduler_owner") ? named(handle) : Optional.empty());
    return owner
        .map(known -> known.refusal(database.settings()))
        .orElseGet(() -> Owner.refusal(database.settings(), "a process that just started"));
  }

  private static Optional<Owner> named(Handle handle) {
    return handle
        .createQuery("SELECT host, pid, since FROM scheduler_owner")
        .map(
            (row, context) ->
                new Owner(row.getString(1), row.getLong(2), Micros.at(row.getLong(3))))
        .findOne();
  }

  @Override
  public boolean isHeld() {
    return !over.get();
  }

  @Override
  public void check() throws NotOwned {
    if (over.get()) {
      throw new NotOwned("its ownership is lost, or was given back");
    }
    if (file.isReplaced()) {
      lose(
          "the file was moved away or replaced while it was open; start again to continue with the file"
              + " that is there now: what was delivered since it was copied comes again");
    }
  }

  private void lose(String why) throws NotOwned {
    if (over.compareAndSet(false, true)) {
      log.error("{}: ownership is lost: {}", database.settings(), why);
      lost.run();
    }
    throw new NotOwned(why);
  }

  @Override
  public void check(Handle handle) throws SQLException {
    check();
    Optional<Long> current =
        handle.createQuery("SELECT token FROM scheduler_owner").mapTo(Long.class).findOne();
    if (!current.equals(token.stream().boxed().findFirst())) {
      lose("another scheduler took it over; its lock file must not be removed");
    }
  }

  @Override
  public void close() {
    over.set(true);
    try {
      lock.close();
    } catch (SQLException e) {
      log.warn("{}: the lock beside it was not given back well: {}", database.settings(), e);
    }
  }
}
