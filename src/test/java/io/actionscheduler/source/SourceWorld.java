package io.actionscheduler.source;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.DatabaseSettings.Dialect;
import io.actionscheduler.db.SqliteFile;
import io.actionscheduler.schedule.CalendarRule;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A database with an action table, the source that reads it, and another program beside it. */
final class SourceWorld implements AutoCloseable {
  static final String UNIX = "{\"format\": \"unix\", \"params\": {\"value\": \"*/5 * * * *\"}}";
  static final String HOURLY = "{\"format\": \"unix\", \"params\": {\"value\": \"0 * * * *\"}}";
  static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  final DatabaseSettings settings;
  final ActionDatabase database;
  final TableSource source;
  final ActionTable table;
  final KnownNames known = names(); // that the source's rows may have
  private final Connection other;
  private final Map<String, String> types = new HashMap<>();
  private Snapshot last = Snapshot.empty(START);
  private Instant now = START;

  SourceWorld(DatabaseSettings settings, Optional<SqliteFile> shared, Connection other) {
    this.settings = settings;
    this.other = other;
    this.database = ActionDatabase.of(settings, shared, true);
    this.source =
        new TableSource(
            database,
            reader(
                new ScheduleParser(UnixDialect.CRONTAB, SourceWorld::noQuartz),
                known,
                Phases.NONE));
    this.table = new ActionTable(database, reader());
  }

  static RowReader reader() {
    return reader(SourceWorld::noQuartz);
  }

  private static CalendarRule noQuartz(String value) throws InvalidSchedule {
    throw new InvalidSchedule("no quartz in this test");
  }

  static RowReader reader(ScheduleParser.Format quartz) {
    return reader(quartz, Phases.NONE);
  }

  static RowReader reader(ScheduleParser.Format quartz, Phases phases) {
    ScheduleParser parser = new ScheduleParser(UnixDialect.CRONTAB, quartz);
    return reader(parser, names(), phases);
  }

  private static RowReader reader(ScheduleParser parser, KnownNames known, Phases phases) {
    return new RowReader(
        new CronReader(parser),
        new RowDefaults(true, 60, ZoneId.of("UTC"), List.of("stdout"), known),
        phases);
  }

  private static KnownNames names() {
    return new KnownNames(
        new KnownNames.Names(Set.of("stdout", "kafka", "redis"), Set.of("holidays", "office")));
  }

  boolean isSqlite() {
    return settings.dialect() == Dialect.SQLITE;
  }

  /** The table as SQLAlchemy creates it for the Python program. */
  void createPythonTable() throws SQLException {
    createPythonTable("JSON");
  }

  void createPythonTable(String json) throws SQLException {
    run(
        "CREATE TABLE action (id "
            + (isSqlite() ? "INTEGER" : "SERIAL")
            + " NOT NULL, name VARCHAR NOT NULL, command VARCHAR NOT NULL, cron "
            + json
            + " NOT NULL, merge_missed BOOLEAN, actuality_time INTEGER, PRIMARY KEY (id))");
  }

  /** A table that takes anything that the database takes. */
  void createLooseTable() throws SQLException {
    run(
        "CREATE TABLE action (id bigint, name text, command text, cron text, merge_missed text,"
            + " actuality_time text, enabled text, timezone text, callback text, parameters text,"
            + " retry text, overlap text)");
  }

  /** What another program does, committed. */
  void run(String... statements) throws SQLException {
    types.clear();
    try (Statement statement = other.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  void insert(long id, String name, String command, String cron) throws SQLException {
    insert(Map.of("id", id, "name", name, "command", command, "cron", cron));
  }

  /** Inserts a row of these values by another program. */
  void insert(Map<String, ?> values) throws SQLException {
    List<String> columns = new ArrayList<>(values.keySet());
    String places =
        String.join(
            ", ",
            columns.stream()
                .map(column -> isSqlite() ? "?" : "CAST(? AS " + type(column) + ")")
                .toList());
    try (PreparedStatement statement =
        other.prepareStatement(
            "INSERT INTO action (" + String.join(", ", columns) + ") VALUES (" + places + ")")) {
      for (int i = 0; i < columns.size(); i++) {
        Object value = values.get(columns.get(i));
        statement.setObject(i + 1, isSqlite() ? value : value.toString());
      }
      statement.execute();
    }
  }

  /** Inserts many rows in one transaction. */
  void insertAll(Iterable<? extends Map<String, ?>> rows) throws SQLException {
    other.setAutoCommit(false);
    for (Map<String, ?> row : rows) {
      insert(row);
    }
    other.commit();
    other.setAutoCommit(true);
  }

  private String type(String column) {
    return types.computeIfAbsent(column, this::typeNow);
  }

  private String typeNow(String column) {
    try {
      return query(
          "SELECT format_type(atttypid, NULL) FROM pg_attribute"
              + " WHERE attrelid = 'action'::regclass AND attname = '"
              + column
              + "'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String query(String sql) throws SQLException {
    try (Statement statement = other.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  Connection other() {
    return other;
  }

  /** What the source tells, or empty when nothing changed; the next poll goes on from there. */
  Optional<Snapshot> poll() throws SourceException {
    now = now.plusSeconds(30);
    Optional<Snapshot> read = source.poll(last, now);
    read.ifPresent(snapshot -> last = snapshot);
    return read;
  }

  /** What the source tells now; it must have news. */
  Snapshot read() throws SourceException {
    return poll().orElseThrow(() -> new AssertionError("the source says that nothing changed"));
  }

  static Optional<Action> action(Snapshot snapshot, long id) {
    return snapshot.actions().stream().filter(a -> a.id().equals(ActionId.of(id))).findAny();
  }

  static List<String> messages(Snapshot snapshot) {
    return snapshot.rejections().stream().map(Rejection::message).toList();
  }

  @Override
  public void close() throws SQLException {
    source.close();
    database.close();
    other.close();
  }
}
