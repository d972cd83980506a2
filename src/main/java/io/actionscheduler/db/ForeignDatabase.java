package io.actionscheduler.db;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * A database of another program, which is only read. One that is missing is an error, never made.
 */
public final class ForeignDatabase implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int MOST_ROWS = 200_000;
  private static final String READ_ONLY = "1"; // SQLITE_OPEN_READONLY

  private final Connection connection;
  private final String quotedTables; // the types of tables
  private final Map<String, String> tables =
      new TreeMap<>(); // the name of each table in SQL, by its name in lower case

  private ForeignDatabase(Connection connection) throws SQLException {
    this.connection = connection;
    this.quotedTables = connection.getMetaData().getIdentifierQuoteString();
    try {
      find();
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Opens a SQLite file.
   *
   * @throws SQLException when it is not there, or is no database
   */
  public static ForeignDatabase sqlite(Path file) throws SQLException {
    if (!Files.isRegularFile(file)) {
      throw new SQLException("no such file: " + file.toAbsolutePath());
    }
    if (!Files.isReadable(file)) {
      throw new SQLException("this user may not read it");
    }
    Path absolute = file.toAbsolutePath();
    SqliteLibrary.prepare(absolute.getParent());
    Properties properties = new Properties();
    properties.setProperty("open_mode", READ_ONLY);
    return new ForeignDatabase(DriverManager.getConnection("jdbc:sqlite:" + absolute, properties));
  }

  /**
   * Connects to PostgreSQL; each wait ends after 30 seconds.
   *
   * @throws SQLException when no connection is made
   */
  public static ForeignDatabase postgresql(
      String jdbcUrl, Optional<String> user, Optional<String> password) throws SQLException {
    DatabaseSettings settings =
        new DatabaseSettings(
            "PLACE",
            DatabaseSettings.Dialect.POSTGRESQL,
            jdbcUrl,
            user,
            password,
            Optional.empty());
    Connection connection = PostgresConnections.connect(settings, LIMIT);
    try {
      connection.setReadOnly(true);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return new ForeignDatabase(connection);
  }

  private void find() throws SQLException {
    String current = Optional.ofNullable(connection.getSchema()).orElse("");
    try (ResultSet found =
        connection
            .getMetaData()
            .getTables(
                connection.getCatalog(),
                null,
                "%",
                new String[] {"TABLE", "VIEW", "PARTITIONED TABLE", "FOREIGN TABLE"})) {
      while (found.next()) {
        String schema = Optional.ofNullable(found.getString("TABLE_SCHEM")).orElse("");
        String name = found.getString("TABLE_NAME");
        String sql = (schema.isEmpty() ? "" : quoted(schema) + ".") + quoted(name);
        String lower = name.toLowerCase(Locale.ROOT);
        if (schema.equals(current)) {
          tables.put(lower, sql); // it takes precedence over one of the same name in another schema
        } else {
          tables.putIfAbsent(lower, sql);
        }
        tables.put(schema.toLowerCase(Locale.ROOT) + "." + lower, sql);
      }
    }
  }

  private String quoted(String name) {
    return quotedTables + name.replace(quotedTables, quotedTables + quotedTables) + quotedTables;
  }

  /** The names of all tables in lower case, with and without their schema. */
  public Set<String> names() {
    return Set.copyOf(tables.keySet());
  }

  /**
   * The columns of {@code table} in lower case; none where it is not there.
   *
   * @throws SQLException when the database cannot be read
   */
  public Set<String> columns(String table) throws SQLException {
    requireNonNull(table, "table is null");
    String sql = tables.get(table.toLowerCase(Locale.ROOT));
    if (sql == null) {
      return Set.of();
    }
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + sql + " WHERE 1 = 0")) {
      return Set.copyOf(columns(none.getMetaData()));
    }
  }

  /**
   * The rows of {@code table}, by column in lower case. Values are {@code Long}, {@code Double},
   * {@code Boolean}, {@code String}, {@code byte[]}, {@code Instant}, or null.
   *
   * @throws SQLException when the table is not there, or cannot be read
   */
  public List<Map<String, Object>> rows(String table) throws SQLException {
    String sql = tables.get(table.toLowerCase(Locale.ROOT));
    if (sql == null) {
      throw new SQLException("there is no table " + table);
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(MOST_ROWS + 1);
      statement.setQueryTimeout((int) LIMIT.toSeconds());
      try (ResultSet found = statement.executeQuery("SELECT * FROM " + sql + " ORDER BY 1")) {
        List<String> columns = columns(found.getMetaData());
        while (found.next()) {
          if (rows.size() == MOST_ROWS) {
            throw new SQLException(table + " has more than " + MOST_ROWS + " rows");
          }
          Map<String, Object> row = new LinkedHashMap<>();
          for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), value(found, i + 1));
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private static List<String> columns(ResultSetMetaData data) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= data.getColumnCount(); i++) {
      columns.add(data.getColumnName(i).toLowerCase(Locale.ROOT));
    }
    return columns;
  }

  private static Object value(ResultSet row, int column) throws SQLException {
    if (row.getMetaData().getColumnTypeName(column).equals("timestamptz")) {
      OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
      return at == null ? null : (Instant) at.toInstant();
    }
    Object value = row.getObject(column);
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value == null
        || value instanceof Long
        || value instanceof Double
        || value instanceof Boolean
        || value instanceof byte[]) {
      return value;
    }
    return row.getString(column);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
