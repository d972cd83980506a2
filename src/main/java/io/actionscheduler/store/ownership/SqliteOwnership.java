package io.actionscheduler.store.ownership;

import io.actionscheduler.db.FileOnDisk;
import io.actionscheduler.db.FoundLog;
import io.actionscheduler.db.Micros;
import io.actionscheduler.db.SqliteFile;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.StoreOwner;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
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
  private static final String GONE = "its ownership is lost, or was given back";
  private static final int NOT_ENTERED = -1;

  private final OwnedDatabase database;
  private final SqliteFile file;
  private final Owner owner;
  private volatile Connection lock;
  private volatile Object lockFile; // differs from another one of its name
  private final Runnable lost;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile long token;
  private volatile int generation = NOT_ENTERED; // of the file that the token was entered in

  private SqliteOwnership(
      OwnedDatabase database, SqliteFile file, Owner owner, Connection lock, Runnable lost) {
    this.database = database;
    this.file = file;
    this.owner = owner;
    this.lock = lock;
    this.lockFile = FileOnDisk.identity(lockFile(file));
    this.lost = lost;
  }

  /**
   * Locks the file beside the database, which keeps others out; the owner is not entered in the
   * database yet.
   *
   * @throws OwnedElsewhere when another process has the lock; the message names it
   * @throws SQLException when the lock cannot be made
   */
  public static SqliteOwnership take(
      OwnedDatabase database, SqliteFile file, Owner owner, Runnable lost)
      throws OwnedElsewhere, SQLException {
    Connection lock = openLock(file);
    try {
      if (!isTaken(lock)) {
        throw refusal(database);
      }
      FoundLog.of(file).ifPresent(fault -> log.warn("{}: {}", file.path(), fault));
      return new SqliteOwnership(database, file, owner, lock, lost);
    } catch (OwnedElsewhere | SQLException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static Path lockFile(SqliteFile file) {
    return Path.of(file.path() + ".lock");
  }

  private static Connection openLock(SqliteFile file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + lockFile(file) + "?busy_timeout=0");
  }

  @Override
  public boolean isOutdated() throws SQLException {
    if (over.get() || generation == NOT_ENTERED) {
      return false;
    }
    file.refresh();
    return file.generation() != generation;
  }

  @Override
  public Optional<String> enter() throws SQLException {
    if (over.get()) {
      throw new NotOwned(GONE);
    }
    if (generation != NOT_ENTERED) {
      requireLock();
    }
    database.prepare();
    int entered = file.generation();
    token = database.write(handle -> enter(handle, database, owner));
    boolean isAnother = generation != NOT_ENTERED && generation != entered;
    generation = entered;
    return isAnother ? Optional.of(file.replaced()) : Optional.empty();
  }

  /** A lock on a file that is gone keeps nobody out: the new one belongs to who locks it first. */
  private void requireLock() throws SQLException {
    if (Objects.equals(lockFile, FileOnDisk.identity(lockFile(file)))) {
      return;
    }
    Connection next = openLock(file);
    if (!isTaken(next)) {
      next.close();
      lose("another scheduler took it over, together with its lock file, which was replaced");
    }
    lock.close();
    lock = next;
    lockFile = FileOnDisk.identity(lockFile(file));
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

  /**
   * The process that took it last, unless it is of this machine and has ended. Locks nothing.
   *
   * @throws SQLException when the database cannot be read
   */
  public static Optional<StoreOwner> owner(OwnedDatabase database) throws SQLException {
    return database
        .<Optional<Owner>>read(
            handle ->
                database.hasTable(handle, "scheduler_owner") ? named(handle) : Optional.empty())
        .filter(Owner::mayLive)
        .map(owner -> owner.holding(Instant.MAX));
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
      throw new NotOwned(GONE);
    }
    if (file.generation() != generation) {
      throw new NotOwned("the file was replaced at this very moment; it is written to again");
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
    if (!current.equals(Optional.of(token))) {
      lose(
          "another scheduler took it over, or another file was copied over its contents; its lock file"
              + " must not be removed, and a backup must be moved there, not copied");
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
