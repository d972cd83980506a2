package io.actionscheduler.bench;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.view.Cadence;
import io.actionscheduler.app.view.WhyNot;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.DatabaseSettings.Dialect;
import io.actionscheduler.db.Databases;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.quartz.QuartzExpression;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.store.Stores;
import io.actionscheduler.testing.TestPostgres;
import io.actionscheduler.text.CronReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** What a page of a long history costs. */
final class HistoryPages implements Benchmark {
  private static final int ROWS = Integer.getInteger("rows", 10_000_000);
  private static final int ACTIONS = 100_000;
  private static final int TIMES = 20;
  private static final double TARGET = 20;
  private static final double WHY_TARGET = 50;
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final int PAGE = 50; // jobs
  private static final int LONG_AGO = 200_000; // the first of the actions that ran once, at first
  private static final int OFTEN = 300_000; // an action that ran each minute of the last day

  private interface Work {
    void run(Store store) throws Exception;
  }

  @Override
  public String name() {
    return "history-pages";
  }

  @Override
  public String work() {
    return "A history of %,d records of 100,000 actions, one in 1,000 failed, one in 10,000 by hand:"
            .formatted(ROWS)
        + " pages of 50 records, and counts, asked of the program's own store inside this process."
        + " Figures: milliseconds. Latest runs are asked of a page of 50 jobs; the cadence is that of"
        + " one job that ran each minute of the last day.";
  }

  @Override
  public boolean startsTheJar() {
    return false;
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    Path file = session.folder().resolve("history.db");
    DatabaseSettings sqlite =
        new DatabaseSettings(
            "internal_db",
            Dialect.SQLITE,
            "jdbc:sqlite:" + file,
            Optional.empty(),
            Optional.empty(),
            Optional.of(file));
    measure("SQLite", sqlite, out);
    TestPostgres server = session.postgres();
    measure("PostgreSQL", server.settings("internal_db", server.createDatabase()), out);
  }

  private static void measure(String label, DatabaseSettings at, Consumer<Row> out)
      throws Exception {
    CronReader crons =
        new CronReader(new ScheduleParser(UnixDialect.CRONTAB, QuartzExpression::parse));
    try (Databases databases = new Databases(List.of(at));
        Store store = Stores.open(Optional.of(at), databases, crons, InstantSource.system())) {
      store.own(() -> {});
      fill(at);
      while (store.indexHistory()) { // as a scheduler does in the background after an upgrade
        continue;
      }
      progressOf4711(store);
      progressOfPages(store);
      for (Map.Entry<String, Work> work : works().entrySet()) {
        work.getValue().run(store);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
          long startedAt = System.nanoTime();
          work.getValue().run(store);
          millis.add((System.nanoTime() - startedAt) / 1e6);
        }
        double target = work.getKey().startsWith("why") ? WHY_TARGET : TARGET;
        out.accept(Row.of(label + ": " + work.getKey(), Figures.of(millis), "ms").atMost(target));
      }
    }
  }

  private static Map<String, Work> works() {
    Filter one = filter(Optional.of("4711"), Set.of(), Set.of());
    Filter failed = filter(Optional.empty(), Set.of(Status.FAILED), Set.of());
    Filter day =
        new Filter(
            Optional.empty(),
            Set.of(),
            Set.of(),
            Optional.of(FIRST.plusSeconds(3_000_000)),
            Optional.of(FIRST.plusSeconds(3_086_400)));
    Map<String, Work> works = new LinkedHashMap<>();
    works.put("why of one action", HistoryPages::why);
    works.put("first page", store -> store.historyPage(Filter.ALL, 0, 50));
    works.put("page 100,000", store -> store.historyPage(Filter.ALL, 5_000_000, 50));
    works.put("count", store -> store.countHistory(Filter.ALL));
    works.put("one action, first page", store -> store.historyPage(one, 0, 50));
    works.put("one action, count", store -> store.countHistory(one));
    works.put(
        "one action that never ran",
        store -> store.historyPage(filter(Optional.of("999999999"), Set.of(), Set.of()), 0, 50));
    works.put(
        "one action, failed",
        store ->
            store.historyPage(filter(Optional.of("4711"), Set.of(Status.FAILED), Set.of()), 0, 50));
    works.put("failed, first page", store -> store.historyPage(failed, 0, 50));
    works.put("failed, page 190", store -> store.historyPage(failed, 9_500, 50));
    works.put("failed, count", store -> store.countHistory(failed));
    works.put(
        "by hand, first page",
        store ->
            store.historyPage(filter(Optional.empty(), Set.of(), Set.of(Cause.MANUAL)), 0, 50));
    works.put("one day, first page", store -> store.historyPage(day, 0, 50));
    works.put("one day, count", store -> store.countHistory(day));
    works.put("latest runs of 50 jobs", store -> store.latestRuns(page(1)));
    works.put(
        "latest runs of 50 jobs that ran long ago", store -> store.latestRuns(page(LONG_AGO)));
    works.put(
        "latest runs of 50 jobs that never ran", store -> store.latestRuns(page(LONG_AGO + PAGE)));
    works.put("latest run of one job", store -> store.latestRuns(List.of(ActionId.of(4711))));
    works.put("last 20 runs of 50 jobs", store -> store.recentRuns(page(1), 20));
    works.put("cadence of one job", HistoryPages::cadence);
    return works;
  }

  /** Of an action of the table, with a ledger and some changes. */
  private static void progressOf4711(Store store) throws Exception {
    ProgressKey key = new ProgressKey(new ActionId("4711"), "stdout");
    Instant expired = FIRST.plusSeconds(4_000_000);
    Instant last = FIRST.plusSeconds(ROWS);
    Account account =
        new Account(FIRST, Optional.of(Outcome.DELIVERED), expired.plusSeconds(3_600), 90_000);
    store.record(
        new Recording(
            1,
            List.of(new Progress(key, last, "* * * * *", "UTC", false, account, Optional.empty())),
            List.of(),
            List.of(
                new LedgerEntry(
                    key,
                    FIRST,
                    Outcome.EXPIRED,
                    new Stretch(expired, expired.plusSeconds(3_599), 60))),
            List.of(),
            List.of()));
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      changes.add(
          new Change(
              0,
              key.action(),
              FIRST.plusSeconds(i),
              Change.Kind.CHANGED,
              "deploy",
              Change.Via.API,
              "",
              "{}",
              "{}"));
    }
    store.addChanges(changes);
  }

  /** Of jobs that ran lately, jobs that ran once, long ago, and jobs that never ran. */
  private static void progressOfPages(Store store) throws Exception {
    List<Progress> progress = new ArrayList<>();
    for (int i = 0; i < PAGE; i++) {
      progress.add(progress(1 + i, ROWS - ACTIONS + 1 + i, true));
      progress.add(progress(LONG_AGO + i, i, true));
      progress.add(progress(LONG_AGO + PAGE + i, ROWS, false));
    }
    progress.add(progress(OFTEN, ROWS, true));
    store.record(new Recording(2, progress, List.of(), List.of(), List.of(), List.of()));
  }

  private static Progress progress(int action, int last, boolean ran) {
    Instant at = FIRST.plusSeconds(last);
    Account account =
        ran ? new Account(FIRST, Optional.of(Outcome.DELIVERED), at, 1) : Account.begun(FIRST);
    ProgressKey key = new ProgressKey(ActionId.of(action), "stdout");
    return new Progress(key, at, "* * * * *", "UTC", false, account, Optional.empty());
  }

  private static List<ActionId> page(int first) {
    return LongStream.range(first, first + PAGE).mapToObj(ActionId::of).toList();
  }

  private static void cadence(Store store) throws Exception {
    CronReader crons =
        new CronReader(new ScheduleParser(UnixDialect.CRONTAB, QuartzExpression::parse));
    Instant to = FIRST.plusSeconds(ROWS);
    new Cadence(store, crons::readKept).of(ActionId.of(OFTEN), to.minusSeconds(86_400), to);
  }

  private static void why(Store store) throws Exception {
    CronReader crons =
        new CronReader(new ScheduleParser(UnixDialect.CRONTAB, QuartzExpression::parse));
    WhyNot why =
        new WhyNot(
            store, crons::readKept, (action, at) -> Optional.empty(), FIRST.plusSeconds(ROWS));
    why.form(new ActionId("4711"), FIRST.plusSeconds(4_000_020));
  }

  private static Filter filter(Optional<String> action, Set<Status> statuses, Set<Cause> causes) {
    return new Filter(
        action.map(ActionId::new), statuses, causes, Optional.empty(), Optional.empty());
  }

  /** By the database itself, in the order that herds would leave them. */
  private static void fill(DatabaseSettings at) throws Exception {
    boolean sqlite = at.dialect() == Dialect.SQLITE;
    String numbers =
        sqlite
            ? "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < "
                + (ROWS - 1)
                + ") "
            : "WITH n(i) AS (SELECT * FROM generate_series(0, " + (ROWS - 1) + ")) ";
    String at0 = FIRST.getEpochSecond() + "000000 + CAST(i AS bigint) * 1000000";
    try (Connection connection =
            DriverManager.getConnection(
                at.jdbcUrl(), at.username().orElse(null), at.password().orElse(null));
        Statement statement = connection.createStatement()) {
      statement.execute(
          numbers
              + "INSERT INTO scheduler_history (id, action_number, action_text, callback, name,"
              + " first_at, last_at, fires, request, cause, status, started_at, finished_at,"
              + " attempts, missed, error, output) SELECT i + 1, CASE WHEN i < 50 THEN i + "
              + LONG_AGO
              + " WHEN i >= "
              + (ROWS - 86_400)
              + " AND i % 60 = 0 THEN "
              + OFTEN
              + " ELSE i % "
              + ACTIONS
              + " END, '', 'stdout', 'action', "
              + at0
              + ", "
              + at0
              + ", 1, '', CASE WHEN i % 10000 = 17 THEN 'MANUAL' ELSE 'SCHEDULE' END,"
              + " CASE WHEN i % 1000 = 7 THEN 'FAILED' ELSE 'SUCCESS' END, "
              + at0
              + ", "
              + at0
              + ", 1, 0, '', '' FROM n");
      statement.execute(
          "INSERT INTO scheduler_history_block (block, first_at, last_at) SELECT id >> 14,"
              + " min(first_at), max(last_at) FROM scheduler_history GROUP BY id >> 14");
      statement.execute(
          sqlite ? "PRAGMA wal_checkpoint(TRUNCATE)" : "VACUUM ANALYZE scheduler_history");
    }
  }
}
