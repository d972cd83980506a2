package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.db.KeptStatements;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * What is known of the table on each connection to a SQLite file, as long as the file's schema has
 * the version with which it was read: to ask for the version takes a tenth of the time. Safe for
 * use by many threads.
 */
final class SqliteSchemas {
  private final Function<Handle, TableColumns> described;
  private final Map<Connection, Known> known = Collections.synchronizedMap(new WeakHashMap<>());
  private final Set<Connection> changing =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private record Known(long version, TableColumns table, Charset charset) {}

  /**
   * @param described reads the columns of the table
   */
  SqliteSchemas(Function<Handle, TableColumns> described) {
    this.described = requireNonNull(described, "described is null");
  }

  TableColumns table(Handle handle) throws SQLException {
    return known(handle).table();
  }

  /** How the file stores texts. */
  Charset charset(Handle handle) throws SQLException {
    return known(handle).charset();
  }

  /**
   * The transaction changes the schema. Where it is rolled back, another change may get the same
   * version; so nothing is remembered on this connection any more.
   */
  void changes(Handle handle) {
    changing.add(handle.getConnection());
    known.remove(handle.getConnection());
  }

  private Known known(Handle handle) throws SQLException {
    Connection connection = handle.getConnection();
    long version = Long.parseLong(pragma(handle, "schema_version"));
    Known before = known.get(connection);
    if (before != null && before.version() == version) {
      return before;
    }
    Known now = new Known(version, described.apply(handle), charset(pragma(handle, "encoding")));
    if (!changing.contains(connection)) {
      known.put(connection, now);
    }
    return now;
  }

  private static Charset charset(String encoding) {
    return encoding.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(encoding);
  }

  private static String pragma(Handle handle, String name) throws SQLException {
    try (KeptStatements.Loan loan = KeptStatements.lend(handle, "PRAGMA " + name);
        ResultSet row = loan.statement().executeQuery()) {
      return row.next() ? row.getString(1) : "";
    }
  }
}
