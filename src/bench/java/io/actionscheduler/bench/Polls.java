package io.actionscheduler.bench;

import io.actionscheduler.action.ActionSource;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.DatabaseSettings.Dialect;
import io.actionscheduler.quartz.QuartzExpression;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.source.ActionDatabase;
import io.actionscheduler.source.RowDefaults;
import io.actionscheduler.source.RowReader;
import io.actionscheduler.source.TableSource;
import io.actionscheduler.testing.TestPostgres;
import io.actionscheduler.text.CronReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What it costs to ask a large table for changes. */
final class Polls implements Benchmark {
  private static final int ACTIONS = 1_000_000;
  private static final int SCHEDULES = 200;
  private static final int EDITS = 5;

  @Override
  public String name() {
    return "polls";
  }

  @Override
  public String work() {
    return "The action table with 1,000,000 rows, asked by the program's own source inside this process:"
        + " the first reading, a poll that finds nothing changed, and one that finds one row edited by"
        + " another connection. On PostgreSQL also one before which somebody committed elsewhere on"
        + " the server.";
  }

  @Override
  public boolean startsTheJar() {
    return false;
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    Cadence cadence = Cadence.every(10);
    Path file = session.folder().resolve("database.db");
    ActionTable.sqlite(file, ACTIONS, i -> cadence.cron(i % SCHEDULES));
    DatabaseSettings sqlite =
        new DatabaseSettings(
            "actions_db",
            Dialect.SQLITE,
            "jdbc:sqlite:" + file,
            Optional.empty(),
            Optional.empty(),
            Optional.of(file));
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      measure("SQLite", sqlite, other, 500, 1).forEach(out);
    }
    TestPostgres server = session.postgres();
    String database = server.createDatabase();
    ActionTable.postgres(server, database, ACTIONS, i -> cadence.cron(i % SCHEDULES));
    try (Connection other = server.connect(database)) {
      DatabaseSettings postgres = server.settings("actions_db", database);
      measure("PostgreSQL", postgres, other, 40, 150).forEach(out);
      out.accept(measureBesideOthers(postgres, other));
    }
  }

  private static List<Row> measure(
      String label, DatabaseSettings settings, Connection other, int polls, double target)
      throws Exception {
    try (ActionDatabase database = ActionDatabase.of(settings, Optional.empty(), false);
        ActionSource source = new TableSource(database, reader())) {
      long startedAt = System.nanoTime();
      Snapshot snapshot = source.poll(Snapshot.empty(Instant.now()), Instant.now()).orElseThrow();
      double first = (System.nanoTime() - startedAt) / 1e6;
      requireSize(snapshot);
      List<Double> idle = new ArrayList<>();
      for (int i = 0; i < polls; i++) {
        startedAt = System.nanoTime();
        Optional<Snapshot> news = source.poll(snapshot, Instant.now());
        idle.add((System.nanoTime() - startedAt) / 1e6);
        snapshot = news.orElse(snapshot);
      }
      List<Double> edited = new ArrayList<>();
      for (int i = 1; i <= EDITS; i++) {
        try (Statement statement = other.createStatement()) {
          statement.execute("UPDATE action SET command = 'edited' WHERE id = " + i * 100_003);
        }
        startedAt = System.nanoTime();
        snapshot = source.poll(snapshot, Instant.now()).orElseThrow();
        edited.add((System.nanoTime() - startedAt) / 1e6);
        requireSize(snapshot);
      }
      return List.of(
          Row.millis(label + ", first reading", first),
          Row.of(label + ", nothing changed", Figures.of(idle), "ms").atMost(target),
          Row.of(label + ", one row edited", Figures.of(edited), "ms").atMost(2000));
    }
  }

  /** Whoever commits on the server, the table has to be looked at: at all of it. */
  private static Row measureBesideOthers(DatabaseSettings settings, Connection other)
      throws Exception {
    try (ActionDatabase database = ActionDatabase.of(settings, Optional.empty(), false);
        ActionSource source = new TableSource(database, reader());
        Statement statement = other.createStatement()) {
      statement.execute("CREATE TABLE elsewhere (written_at timestamptz)");
      Snapshot snapshot = source.poll(Snapshot.empty(Instant.now()), Instant.now()).orElseThrow();
      List<Double> idle = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        statement.execute("INSERT INTO elsewhere VALUES (now())");
        long startedAt = System.nanoTime();
        Optional<Snapshot> news = source.poll(snapshot, Instant.now());
        idle.add((System.nanoTime() - startedAt) / 1e6);
        snapshot = news.orElse(snapshot);
      }
      return Row.of("PostgreSQL, nothing changed, others commit", Figures.of(idle), "ms")
          .atMost(150);
    }
  }

  private static void requireSize(Snapshot snapshot) {
    if (snapshot.actions().size() != ACTIONS) {
      throw new IllegalStateException(snapshot.actions().size() + " actions were read");
    }
  }

  private static RowReader reader() {
    CronReader crons =
        new CronReader(new ScheduleParser(UnixDialect.CRONTAB, QuartzExpression::parse));
    return new RowReader(
        crons, new RowDefaults(true, -1, ZoneOffset.UTC, List.of("stdout"), Set.of("stdout")));
  }
}
