package io.actionscheduler.source;

import io.actionscheduler.db.KeptStatements;
import java.nio.charset.Charset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;

/** The SQL of the action table for SQLite. */
final class SqliteSql implements TableSql {
  private static final String AMONG = "id IN (SELECT value FROM json_each(:ids))";
  private static final Collector<CharSequence, ?, String> COMMAS = Collectors.joining(", ");

  private final SqliteSchemas schemas = new SqliteSchemas(SqliteSql::described);
  private final Map<List<Column>, Select> selects = new ConcurrentHashMap<>();

  @Override
  public TableColumns describe(Handle handle) throws SQLException {
    return schemas.table(handle);
  }

  private static TableColumns described(Handle handle) {
    Map<Column, String> types = new EnumMap<>(Column.class);
    Set<Column> generated = EnumSet.noneOf(Column.class);
    boolean[] key = new boolean[1];
    handle
        .createQuery(
            """
            SELECT c.name, c.type, c.pk, c.hidden,
                   (SELECT sum(k.pk > 0) FROM pragma_table_info('action') AS k) AS keys,
                   (SELECT max(t.wr) FROM pragma_table_list('action') AS t) AS without_rowid
              FROM pragma_table_xinfo('action') AS c
             WHERE c.hidden <> 1
            """)
        .scanResultSet(
            (result, context) -> {
              ResultSet row = result.get();
              while (row.next()) {
                Optional<Column> column = Column.named(row.getString(1));
                String type = row.getString(2);
                column.ifPresent(known -> types.put(known, type.toUpperCase(Locale.ROOT)));
                if (column.isPresent() && row.getInt(4) > 1) {
                  generated.add(column.get());
                }
                // Only such a key is the row's number and given by SQLite itself.
                key[0] |=
                    column.equals(Optional.of(Column.ID))
                        && type.equalsIgnoreCase("INTEGER")
                        && row.getInt(3) == 1
                        && row.getInt(5) == 1
                        && row.getInt(6) == 0;
              }
              return null;
            });
    return new TableColumns(types, key[0], key[0], generated);
  }

  @Override
  public Optional<String> otherPlace(Handle handle) {
    return Optional.empty();
  }

  @Override
  public Optional<String> badIds(TableColumns table) {
    String type = table.type(Column.ID);
    boolean text = type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT");
    return text && !type.contains("INT") // what SQLite makes of a declared type
        ? Optional.of(type + ", which turns whole numbers into text; allowed is INTEGER")
        : Optional.empty();
  }

  @Override
  public String isAmong() {
    return AMONG;
  }

  @Override
  public String isLike(String column) {
    // Any case by itself; with lower() the search takes three times as long.
    return column + " LIKE :text ESCAPE '!'";
  }

  @Override
  public String greatestId() {
    return "coalesce(max(CAST(id AS INTEGER)), 0)"; // texts sort behind all numbers
  }

  @Override
  public void create(Handle handle) {
    schemas.changes(handle);
    // AUTOINCREMENT: a new action must not get the id, and so the progress, of a removed one.
    handle.execute(
        """
        CREATE TABLE IF NOT EXISTS action (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT NOT NULL,
          command TEXT NOT NULL,
          cron JSON NOT NULL,
          merge_missed BOOLEAN,
          actuality_time INTEGER,
          enabled BOOLEAN,
          timezone TEXT,
          start_date TEXT,
          end_date TEXT,
          jitter INTEGER,
          callback TEXT,
          parameters JSON,
          retry JSON,
          overlap TEXT,
          calendar TEXT,
          owner_id TEXT,
          created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
          updated_at TIMESTAMP
        )
        """);
  }

  @Override
  public void add(Handle handle, Column column) {
    schemas.changes(handle);
    handle.execute("ALTER TABLE action ADD COLUMN " + column + " " + type(column));
  }

  private static String type(Column column) {
    return switch (column.kind()) {
      case NUMBER -> "INTEGER";
      case TEXT -> "TEXT";
      case FLAG -> "BOOLEAN";
      case JSON -> "JSON";
      case TIME -> "TIMESTAMP";
    };
  }

  @Override
  public void scan(
      Handle handle, TableColumns table, Optional<List<Long>> ids, Consumer<ActionRow> each)
      throws SQLException {
    List<Column> columns = table.all();
    Rows rows = new Rows(schemas.charset(handle), columns, new SqliteValues(handle, columns), each);
    Select select = selects.computeIfAbsent(columns, Select::of);
    if (ids.isPresent() && ids.get().size() == 1) {
      one(handle, select.one(), ids.get().get(0), rows);
    } else {
      some(handle, select.all(), ids)
          .scanResultSet(
              (result, context) -> {
                rows.read(result.get());
                return null;
              });
    }
  }

  /** The statement that reads rows: all of them, and the one with an id. */
  private record Select(String all, String one) {
    static Select of(List<Column> columns) {
      String all = select(columns);
      return new Select(all, all + " WHERE id = ?");
    }
  }

  /** Reads the rows of a result. */
  private record Rows(
      Charset charset, List<Column> columns, SqliteValues values, Consumer<ActionRow> each) {
    void read(ResultSet row) throws SQLException {
      int needed = (int) columns.stream().filter(Column::isNeeded).count();
      while (row.next()) {
        String packed = new String(row.getBytes(1), charset);
        String[] plain = isPlain(packed) ? PackedRow.split(packed, columns, needed) : null;
        each.accept(
            plain == null || plain[Column.ID.ordinal()].isEmpty()
                ? values.oneByOne(row, 2)
                : ActionRow.ofAll(plain));
      }
    }
  }

  /** Without Jdbi, which takes longer for it than SQLite: asked with each look at a job. */
  private static void one(Handle handle, String sql, long id, Rows rows) throws SQLException {
    SqlEcho.log(handle, sql);
    try (KeptStatements.Loan loan = KeptStatements.lend(handle, sql)) {
      loan.statement().setLong(1, id);
      try (ResultSet row = loan.statement().executeQuery()) {
        rows.read(row);
      }
    }
  }

  private static Query some(Handle handle, String select, Optional<List<Long>> ids) {
    return ids.isEmpty()
        ? handle.createQuery(select + " ORDER BY id")
        : handle
            .createQuery(select + " WHERE " + AMONG + " ORDER BY id")
            .bind("ids", ids.get().toString()); // a JSON array
  }

  private static String select(List<Column> columns) {
    return "SELECT "
        + packed(columns)
        + ", "
        + columns.stream().map(Column::sqlName).collect(COMMAS)
        + " FROM action";
  }

  /**
   * The optional columns, which follow the required ones, are packed only for rows that use any. An
   * id that is no integer shows as an empty one, and its row is then read value by value.
   */
  private static String packed(List<Column> columns) {
    List<Column> optional = columns.stream().filter(column -> !column.isNeeded()).toList();
    String needed =
        columns.stream().filter(Column::isNeeded).map(SqliteSql::packed).collect(COMMAS);
    if (optional.isEmpty()) {
      return "concat_ws(char(31), " + needed + ")";
    }
    String any = optional.stream().map(Column::sqlName).collect(COMMAS);
    return "concat_ws(char(31), "
        + needed
        + ", CASE WHEN coalesce("
        + any
        + ", NULL) IS NOT NULL THEN concat_ws(char(31), "
        + optional.stream().map(SqliteSql::packed).collect(COMMAS)
        + ") END)";
  }

  private static String packed(Column column) {
    return column == Column.ID
        ? "CASE typeof(id) WHEN 'integer' THEN id ELSE '' END"
        : "coalesce(" + column + ", char(30, 2))";
  }

  /** Bytes that are no text became U+FFFD. */
  private static boolean isPlain(String packed) {
    return packed.indexOf('\ufffd') < 0;
  }

  @Override
  public String now(Column column, TableColumns table) {
    return "strftime('%Y-%m-%d %H:%M:%f', 'now')"; // UTC, as SQLAlchemy reads and writes it
  }

  @Override
  public Argument binding(Column column, String value) {
    Object bound =
        value == null
            ? null
            : switch (column.kind()) {
              case NUMBER -> (Object) Values.whole(value).getAsLong();
              case FLAG -> Values.isTrue(value) ? 1L : 0L;
              case TEXT, TIME, JSON -> value;
            };
    return (place, statement, context) -> statement.setObject(place, bound);
  }

  @Override
  public boolean holdsJson(Column column, TableColumns table) {
    return table.type(column).startsWith("JSON");
  }

  @Override
  public String overriding() {
    return "";
  }

  @Override
  public void lockRow(Handle handle, long id) {
    // the write lock of the whole file is held already
  }

  @Override
  public void lockForIds(Handle handle) {
    // the write lock of the whole file is held already
  }

  @Override
  public void skipUsedIds(Handle handle) {
    // SQLite takes the greatest id of the table into account itself
  }

  @Override
  public boolean notifyChanges(Handle handle) {
    return false;
  }
}
