package io.actionscheduler.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The statements that one connection to a SQLite file has prepared, kept for the next time: to
 * prepare a statement takes several times as long as to find a row by its key. SQLite itself
 * prepares one again after the schema has changed. For one thread at a time, as its connection.
 */
public final class KeptStatements extends DefaultStatementBuilder {
  private static final int MOST = 100;
  private static final int LONGEST = 3_000; // longer ones list ids, and are not asked again
  // The columns that a star stands for are found out only once.
  private static final String ALL_COLUMNS = "SELECT *";

  private final Map<String, PreparedStatement> idle =
      new LinkedHashMap<>(); // the one that was used longest ago first
  private final Map<Statement, String> lent = new IdentityHashMap<>();

  /** A prepared statement on loan, for one use. Closes its results before it is given back. */
  public static final class Loan implements AutoCloseable {
    private final Handle handle;
    private final String sql;
    private final PreparedStatement statement;

    private Loan(Handle handle, String sql, PreparedStatement statement) {
      this.handle = handle;
      this.sql = sql;
      this.statement = statement;
    }

    public PreparedStatement statement() {
      return statement;
    }

    @Override
    public void close() throws SQLException {
      handle.getStatementBuilder().close(handle.getConnection(), sql, statement);
    }
  }

  KeptStatements() {}

  /**
   * A statement without Jdbi, prepared before where the connection keeps its statements. Its
   * results have to be closed before it is given back.
   *
   * @throws SQLException when it cannot be prepared
   */
  public static Loan lend(Handle handle, String sql) throws SQLException {
    return lend(handle, sql, isKept(sql));
  }

  /**
   * As {@link #lend}, and keeps it however long it is: for a statement of which there are few
   * forms, each of them used again and again.
   *
   * @throws SQLException when it cannot be prepared
   */
  public static Loan lendLong(Handle handle, String sql) throws SQLException {
    return lend(handle, sql, true);
  }

  private static Loan lend(Handle handle, String sql, boolean isKept) throws SQLException {
    PreparedStatement statement =
        handle.getStatementBuilder() instanceof KeptStatements kept
            ? kept.take(handle.getConnection(), sql, isKept)
            : handle.getConnection().prepareStatement(sql);
    return new Loan(handle, sql, statement);
  }

  private static boolean isKept(String sql) {
    return sql.length() <= LONGEST && !sql.contains(ALL_COLUMNS);
  }

  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    return context.isReturningGeneratedKeys() || context.isConcurrentUpdatable()
        ? super.create(connection, sql, context)
        : take(connection, sql);
  }

  PreparedStatement take(Connection connection, String sql) throws SQLException {
    return take(connection, sql, isKept(sql));
  }

  private PreparedStatement take(Connection connection, String sql, boolean isKept)
      throws SQLException {
    PreparedStatement known = idle.remove(sql);
    PreparedStatement taken = known == null ? connection.prepareStatement(sql) : known;
    if (isKept) {
      lent.put(taken, sql);
    }
    return taken;
  }

  @Override
  public void close(Connection connection, String sql, Statement statement) throws SQLException {
    String kept = lent.remove(statement);
    if (kept == null || idle.containsKey(kept) || statement.isClosed()) {
      super.close(connection, sql, statement);
      return;
    }
    PreparedStatement prepared = (PreparedStatement) statement;
    prepared.clearParameters();
    idle.put(kept, prepared);
    if (idle.size() > MOST) {
      Iterator<PreparedStatement> oldest = idle.values().iterator();
      try (PreparedStatement gone = oldest.next()) {
        oldest.remove();
      }
    }
  }
}
