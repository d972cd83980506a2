package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.SqliteFile;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The database that holds the action table. Reading for changes is for one thread; everything else
 * for any.
 */
public abstract class ActionDatabase implements AutoCloseable {

  /**
   * The database of these settings; nothing is opened yet.
   *
   * @param shared the file, where this process keeps its own store in it too; its owner closes it
   * @param echoSql whether each statement is logged
   */
  public static ActionDatabase of(
      DatabaseSettings settings, Optional<SqliteFile> shared, boolean echoSql) {
    SqlEcho echo = new SqlEcho(echoSql);
    return switch (settings.dialect()) {
      case SQLITE -> new SqliteDatabase(settings, shared, echo);
      case POSTGRESQL -> new PostgresDatabase(settings, echo);
    };
  }

  /** Whether actions of this table were read before, in an earlier run of the program. */
  @FunctionalInterface
  public interface Known {
    /**
     * @throws SourceException when this cannot be found out
     */
    boolean isKnown() throws SourceException;
  }

  private Known known = () -> false;

  /**
   * Treats a missing table as unavailable if {@code before} says that it existed: a volume that is
   * not mounted must not look like an empty table.
   */
  public void expect(Known before) {
    known = requireNonNull(before, "before is null");
  }

  /**
   * Reads, for changes, only the rows that fulfil {@code condition}, a condition of SQL. To be
   * called before the first read. A database that cannot do so reads all of them.
   */
  public void readOnly(String condition) {}

  /**
   * Makes an index of the shards of the rows, unless there is one; false where there can be none.
   *
   * @param shard of a row, as SQL
   */
  boolean indexShards(String shard) throws SourceException {
    return false;
  }

  /** Throws where the table was read in an earlier run. */
  final void requireUnknown(String fault) throws SourceException {
    if (known.isKnown()) {
      throw SourceException.unavailable(
          label()
              + ": "
              + fault
              + ", though its actions are known from before; bring it back, or make an empty table"
              + " with \"db upgrade\"",
          null);
    }
  }

  /** Creates the table in a database that has none, and never had one. */
  final void createTable(Handle handle) throws SourceException {
    requireUnknown("there is no table action");
    MissingTable.create(handle, sql(), label());
  }

  /** The database's name in messages. */
  public abstract String label();

  /**
   * Hands the table's rows to {@code reading}, unless it certainly has not changed since the last
   * call that succeeded; creates a missing table the first time.
   *
   * @param anyway reads even then
   * @return the result of {@code reading}, or empty when the table was not read
   */
  abstract <T> Optional<T> readIfChanged(boolean anyway, Reading<T> reading) throws SourceException;

  /** Runs {@code work} on one state of the database, changing nothing. */
  abstract <T, X extends Exception> T read(Work<T, X> work) throws SourceException, X;

  /** Runs {@code work} in one transaction. */
  abstract <T, X extends Exception> T write(Work<T, X> work) throws SourceException, X;

  /**
   * Like {@link #write}, for rows that the reader of changes is informed about: if possible, it
   * does not read the whole table again for them. Works that come at the same time may share a
   * transaction, in which one that throws is undone alone; so {@code work} may run on another
   * thread, and must need no lock that its caller holds.
   */
  <T, X extends Exception> T writeTold(Told<T> rows, Work<T, X> work) throws SourceException, X {
    return write(work);
  }

  /**
   * The rows that a work changes.
   *
   * @param before ids that are known before it
   * @param written ids of the rows that it wrote or removed, by its result
   */
  record Told<T>(List<Long> before, Function<T, List<Long>> written) {}

  /** The SQL for its table. */
  abstract TableSql sql();

  @Override
  public abstract void close();

  /** Processes the rows of one read. */
  @FunctionalInterface
  interface Reading<T> {
    T of(Rows rows) throws SQLException;
  }

  /** The rows of one read, in ascending order of their ids. */
  @FunctionalInterface
  interface Rows {
    void each(Consumer<ActionRow> row) throws SQLException;
  }

  /** Work inside a transaction, which an exception undoes. */
  @FunctionalInterface
  interface Work<T, X extends Exception> {
    T with(Handle handle) throws SQLException, SourceException, X;
  }
}
