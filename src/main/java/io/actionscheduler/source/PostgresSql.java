package io.actionscheduler.source;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** The SQL of the action table for PostgreSQL. */
final class PostgresSql implements TableSql {
  private static final int NAMES = 1_633_906_292; // the class of the advisory locks of names
  private static final List<String> WHOLE_NUMBERS = List.of("smallint", "integer", "bigint");

  private final SqlEcho echo;

  PostgresSql(SqlEcho echo) {
    this.echo = echo;
  }

  @Override
  public TableColumns describe(Handle handle) throws SQLException {
    Map<Column, String> types = new EnumMap<>(Column.class);
    Set<Column> generated = EnumSet.noneOf(Column.class);
    boolean[] assignsIds = new boolean[1];
    boolean[] allHaveIds = new boolean[1];
    int version = handle.getConnection().getMetaData().getDatabaseMajorVersion();
    handle
        .createQuery(
            """
            SELECT attname,
                   format_type(CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END, NULL),
                   atthasdef OR attidentity <> '', attnotnull, <generated>
              FROM pg_attribute JOIN pg_type AS t ON t.oid = atttypid
             WHERE attrelid = to_regclass('action') AND attnum > 0 AND NOT attisdropped
            """
                .replace("<generated>", version >= 12 ? "attgenerated <> ''" : "false"))
        .scanResultSet(
            (result, context) -> {
              ResultSet row = result.get();
              while (row.next()) {
                Optional<Column> column = Column.named(row.getString(1));
                if (column.isPresent() && column.get().sqlName().equals(row.getString(1))) {
                  types.put(column.get(), row.getString(2));
                  assignsIds[0] |= column.get() == Column.ID && row.getBoolean(3);
                  allHaveIds[0] |= column.get() == Column.ID && row.getBoolean(4);
                  if (row.getBoolean(5)) {
                    generated.add(column.get());
                  }
                }
              }
              return null;
            });
    return new TableColumns(types, assignsIds[0], allHaveIds[0], generated);
  }

  @Override
  public Optional<String> otherPlace(Handle handle) {
    // A name in other letters is another table to PostgreSQL; one with schedules in it is meant.
    // Several processes may start together: a table that is on the path by now is no other one.
    return handle
        .createQuery(
            """
            SELECT current_setting('search_path'), n.nspname, has_schema_privilege(n.oid, 'USAGE'),
                   c.relname
              FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
             WHERE to_regclass('action') IS NULL AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
               AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
               AND (c.relname = 'action' OR lower(c.relname) = 'action' AND EXISTS (
                     SELECT FROM pg_attribute AS a
                      WHERE a.attrelid = c.oid AND lower(a.attname) = 'cron'))
             ORDER BY c.relname = 'action' DESC, 3 DESC, n.nspname LIMIT 1
            """)
        .map(
            (row, context) ->
                "no table action on the search path ("
                    + row.getString(1)
                    + "); there is "
                    + other(row.getString(2), row.getBoolean(3), row.getString(4)))
        .findOne();
  }

  private static String other(String schema, boolean mayUse, String table) {
    if (!table.equals("action")) {
      return "\"" + table + "\" in schema " + schema + ": rename it to action";
    }
    return "one in schema "
        + schema
        + (mayUse
            ? ": add ?options=-csearch_path=" + inAddress(schema) + " to the url"
            : ", which this user may not use: grant usage on the schema");
  }

  /** The name of a schema as {@code options} of an address need it. */
  private static String inAddress(String schema) {
    if (schema.matches("[a-z_][a-z0-9_]*")) {
      return schema;
    }
    String quoted = "\"" + schema.replace("\"", "\"\"") + "\"";
    String escaped = quoted.replace("\\", "\\\\").replace(" ", "\\ ");
    return URLEncoder.encode(escaped, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public Optional<String> badIds(TableColumns table) {
    return WHOLE_NUMBERS.contains(table.type(Column.ID))
        ? Optional.empty()
        : Optional.of(table.type(Column.ID) + "; allowed are " + String.join(", ", WHOLE_NUMBERS));
  }

  @Override
  public String isAmong() {
    return "id IN (SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(:ids AS json)))";
  }

  @Override
  public String isLike(String column) {
    return "lower(" + column + ") LIKE :text ESCAPE '!'";
  }

  @Override
  public String greatestId() {
    return "coalesce(max(id), 0)";
  }

  @Override
  public void create(Handle handle) {
    // json, not jsonb: read whole, it is written out twice as fast.
    handle.execute(
        """
        CREATE TABLE IF NOT EXISTS action (
          id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
          name text NOT NULL,
          command text NOT NULL,
          cron json NOT NULL,
          merge_missed boolean,
          actuality_time integer,
          enabled boolean,
          timezone text,
          start_date text,
          end_date text,
          jitter integer,
          callback text,
          parameters json,
          retry json,
          overlap text,
          calendar text,
          owner_id text,
          created_at timestamp with time zone DEFAULT now(),
          updated_at timestamp with time zone
        )
        """);
  }

  @Override
  public void add(Handle handle, Column column) {
    handle.execute("ALTER TABLE action ADD COLUMN " + column + " " + type(column));
  }

  private static String type(Column column) {
    return switch (column.kind()) {
      case NUMBER -> column == Column.ID ? "bigint" : "integer";
      case TEXT -> "text";
      case FLAG -> "boolean";
      case JSON -> "json";
      case TIME -> "timestamp with time zone";
    };
  }

  /** Uses {@code COPY}: the server works ahead while rows are read, and none are buffered here. */
  @Override
  public void scan(
      Handle handle, TableColumns table, Optional<List<Long>> ids, Consumer<ActionRow> each)
      throws SQLException {
    scan(handle, table, ids.map(TableSql::among).orElse(""), each);
  }

  /**
   * The same.
   *
   * @param where the rows that are read: a clause of SQL, or empty for all
   */
  void scan(Handle handle, TableColumns table, String where, Consumer<ActionRow> each)
      throws SQLException {
    List<Column> columns = table.all();
    String select =
        columns.stream()
                .map(column -> selected(column, table))
                .collect(Collectors.joining(", ", "SELECT ", ""))
            + " FROM action"
            + where
            + " ORDER BY id";
    String sql =
        "COPY (" + select + ") TO STDOUT (DELIMITER E'\\x1f', NULL E'\\x1e\\x02', ENCODING 'UTF8')";
    echo.log(sql);
    CopyOut copy = handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
    try {
      for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
        String packed = new String(line, 0, line.length - 1, StandardCharsets.UTF_8);
        String[] values = PackedRow.splitEscaped(packed, columns);
        if (values == null) {
          throw new SQLException("COPY gave a row that has not " + columns.size() + " values");
        }
        each.accept(ActionRow.ofAll(values));
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** The text of a {@code char(n)} ends before the blanks that fill it up. */
  private static String selected(Column column, TableColumns table) {
    return table.type(column).equals("character") ? "CAST(" + column + " AS text)" : "" + column;
  }

  @Override
  public String now(Column column, TableColumns table) {
    String type = table.type(column);
    if (type.endsWith("with time zone")) {
      return "now()";
    }
    String moment = "now() AT TIME ZONE 'UTC'";
    return type.startsWith("timestamp") || type.equals("date")
        ? moment
        : "CAST(" + moment + " AS text)";
  }

  @Override
  public boolean holdsJson(Column column, TableColumns table) {
    return table.type(column).startsWith("json");
  }

  @Override
  public Argument binding(Column column, String value) {
    String bound =
        value == null
            ? null
            : switch (column.kind()) {
              case NUMBER -> "" + Values.whole(value).getAsLong();
              case FLAG -> Values.isTrue(value) ? "1" : "0"; // good for boolean, numbers and text
              case TEXT, TIME, JSON -> value;
            };
    // Without a type: the server uses the type and length of the column.
    return (place, statement, context) -> statement.setObject(place, bound, Types.OTHER);
  }

  @Override
  public String overriding() {
    return "OVERRIDING SYSTEM VALUE ";
  }

  @Override
  public void lockRow(Handle handle, long id) {
    handle.select("SELECT 1 FROM action WHERE id = ? FOR UPDATE", id).mapTo(Integer.class).list();
  }

  @Override
  public void lockName(Handle handle, String name) {
    handle.execute("SELECT pg_advisory_xact_lock(?, ?)", NAMES, name.hashCode());
  }

  @Override
  public void lockForIds(Handle handle) {
    handle.execute("LOCK TABLE action IN SHARE ROW EXCLUSIVE MODE");
  }

  /** After programs that choose ids themselves, the sequence would assign the same ids again. */
  @Override
  public void skipUsedIds(Handle handle) {
    handle
        .createQuery(
            """
            SELECT setval(s.sequence, m.greatest)
              FROM (SELECT CAST(pg_get_serial_sequence('action', 'id') AS regclass) AS sequence) AS s,
                   (SELECT max(id) AS greatest FROM action) AS m
             WHERE m.greatest > coalesce(pg_sequence_last_value(s.sequence), 0)
            """)
        .mapTo(Long.class)
        .findOne();
  }

  @Override
  public boolean notifyChanges(Handle handle) {
    ChangeTrigger.install(handle);
    return true;
  }
}
