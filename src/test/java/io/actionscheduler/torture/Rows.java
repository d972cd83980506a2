package io.actionscheduler.torture;

import io.actionscheduler.torture.Version.Manner;
import io.actionscheduler.torture.Version.Span;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** The action table under torture, and what each of its rows said when. */
final class Rows {
  /** Fires each second, each of them, for ever: what it shows of lateness is everybody's. */
  static final int SENTINEL = 1;

  /** The receiver may refuse it. */
  static final int REFUSED = 12;

  /** The receiver may take it without an answer. */
  static final int UNANSWERED = 13;

  private static final int FIRST_EDITED = 20;
  private static final int EDITED = 6;
  private static final int FIRST_IDLE = 1000;
  private static final String INSERT =
      "INSERT INTO action (id, name, command, cron, merge_missed, actuality_time)"
          + " VALUES (?, ?, ?, ?, ?, ?)";

  /** Opens the table's database. */
  interface Connector {
    Connection connect() throws SQLException;
  }

  private final Connector table;
  private final List<Version> past = new ArrayList<>();
  private final Map<Integer, Version> now = new TreeMap<>();
  private final Map<Integer, Integer> numbers = new TreeMap<>();
  private final Commands commands = new Commands();
  private Instant readyAt = Instant.MIN;
  private int idle;

  Rows(Connector table) {
    this.table = table;
  }

  /** Those that stay as they are, and those that will be edited. */
  void insertAll() throws SQLException {
    insert(SENTINEL, "* * * * * *", Manner.EACH);
    insert(2, "*/2 * * * * *", Manner.EACH);
    insert(3, "1-59/3 * * * * *", Manner.EACH);
    insert(4, "* * * * * *", Manner.MERGING);
    insert(5, "*/2 * * * * *", Manner.MERGING);
    insert(6, "*/7 * * * * *", Manner.MERGING);
    insert(7, "* * * * * *", Manner.expiring(false, 0));
    insert(8, "*/2 * * * * *", Manner.expiring(false, 2));
    insert(9, "* * * * * *", Manner.expiring(true, 0));
    insert(10, "* * * * * *", Manner.expiring(true, 2));
    insert(11, "0,1,2,30,31,32 * * * * *", Manner.EACH);
    insert(REFUSED, "*/2 * * * * *", Manner.EACH);
    insert(UNANSWERED, "*/2 * * * * *", Manner.EACH);
    for (int action = FIRST_EDITED; action < FIRST_EDITED + EDITED; action++) {
      insert(action, cron(action), manner(action));
    }
  }

  /** The first process was ready at {@code at}: it has read every row that was there before. */
  void ready(Instant at) {
    readyAt = at;
  }

  /** Edits, deletes or inserts one of those that change. */
  void change(Random random) throws SQLException {
    int action = FIRST_EDITED + random.nextInt(EDITED);
    if (!now.containsKey(action)) {
      insert(action, cron(action), manner(action));
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> {
        Version deleted = now.remove(action);
        past.add(deleted.goneAt(execute("DELETE FROM action WHERE id = ?", action)));
      }
      case 1 -> editCommand(action);
      default -> editSchedule(action);
    }
  }

  private void editSchedule(int action) throws SQLException {
    String cron = cron(action);
    Version before = now.get(action);
    Span span = execute("UPDATE action SET cron = ? WHERE id = ?", cron, action);
    past.add(before.goneAt(span));
    now.put(action, version(action, cron, before.manner(), span));
  }

  /** Its targets stay what they are: each must still come to its end. */
  private void editCommand(int action) throws SQLException {
    String command = commands.another(action);
    Span span = execute("UPDATE action SET command = ? WHERE id = ?", command, action);
    commands.written(action, command, span);
  }

  Commands commands() {
    return commands;
  }

  /** Adds {@code count} rows that fire on New Year's Day: all they want is room in the store. */
  void insertIdle(int count) throws SQLException {
    try (Connection connection = table.connect();
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      for (int i = 0; i < count; i++) {
        idle++;
        set(statement, FIRST_IDLE + idle, "idle", "idle " + idle, "0 0 0 1 1 *", true, -1);
        statement.addBatch();
      }
      statement.executeBatch();
      connection.commit();
    }
  }

  /** Every target up to {@code end}. */
  List<Target> targets(Faults faults, Instant end) {
    List<Target> targets = new ArrayList<>();
    past.forEach(version -> targets.addAll(version.targets(since(version, faults), faults, end)));
    now.values()
        .forEach(version -> targets.addAll(version.targets(since(version, faults), faults, end)));
    return targets;
  }

  private Instant since(Version version, Faults faults) {
    Instant written = version.written().done();
    return written.isBefore(readyAt) ? readyAt : faults.noticed(written);
  }

  private void insert(int action, String cron, Manner manner) throws SQLException {
    String command = commands.another(action);
    Span span =
        execute(
            INSERT,
            action,
            "action " + action,
            command,
            cron,
            manner.merge(),
            manner.actuality().map(age -> (int) age.toSeconds()).orElse(-1));
    commands.written(action, command, span);
    now.put(action, version(action, cron, manner, span));
  }

  private Version version(int action, String cron, Manner manner, Span span) {
    int number = numbers.merge(action, 1, Integer::sum);
    return new Version(action, number, cron, manner, span, Optional.empty());
  }

  /** Of one version of an action and the next, no second is the same. */
  private String cron(int action) {
    return numbers.getOrDefault(action, 0) % 3 + "-59/3 * * * * *";
  }

  private static Manner manner(int action) {
    return action % 2 == 0 ? Manner.EACH : Manner.MERGING;
  }

  private Span execute(String sql, Object... values) throws SQLException {
    Instant begun = Instant.now();
    try (Connection connection = table.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      statement.executeUpdate();
    }
    return new Span(begun, Instant.now());
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
