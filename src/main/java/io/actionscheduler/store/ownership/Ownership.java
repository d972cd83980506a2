package io.actionscheduler.store.ownership;

import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The right to write, held by one process at a time. */
public interface Ownership extends AutoCloseable {

  /**
   * Whether this process may act as the owner, without asking the database: what leaves the process
   * is held back where it may not. Where ownership is only in doubt, because the machine was
   * suspended, it may be upheld again later.
   */
  boolean isHeld();

  /**
   * Whether another database took the place of the one that was entered, so that {@link #enter} has
   * to be called again.
   *
   * @throws SQLException where there is none in its place now
   */
  default boolean isOutdated() throws SQLException {
    return false;
  }

  /**
   * Writes to the database who its owner is, where that is not done with taking it. Called before
   * the first write, and again where it failed or is outdated.
   *
   * @return where it is another database than before: what happened, for people
   * @throws NotOwned when another process owns that one: ownership is lost then
   * @throws SQLException when the database cannot be read or written
   */
  default Optional<String> enter() throws SQLException {
    return Optional.empty();
  }

  /**
   * Throws when it is known already, without asking the database, that it is not held.
   *
   * @throws NotOwned when it is not
   */
  void check() throws NotOwned;

  /**
   * Throws unless ownership is still held, and holds it until the transaction of {@code handle}
   * ends.
   *
   * @throws SQLException when ownership is lost ({@link NotOwned}), or the database is unavailable
   */
  void check(Handle handle) throws SQLException;

  /** Gives it back; does nothing when called again. */
  @Override
  void close();

  /** A write by a process that is not the owner. */
  final class NotOwned extends SQLException {
    NotOwned(String message) {
      super(message);
    }
  }
}
