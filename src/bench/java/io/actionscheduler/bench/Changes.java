package io.actionscheduler.bench;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** A large table that is loaded, watched, and edited in one place. */
final class Changes implements Benchmark {
  private static final int ACTIONS = 1_000_000;
  // Where two builds are compared, each does the work once in every round.
  private static final int LOADS = 5;
  private static final int LOADS_OF_A_ROUND = 2;
  private static final int EDITS = 5;
  private static final int IDLE_SECONDS = 15;

  @Override
  public String name() {
    return "changes";
  }

  @Override
  public String work() {
    return "A table of 1,000,000 actions on 200 schedules, polled every second. The first load, nothing"
        + " known before: process start to ready, the processor time of that, and the heap in use"
        + " then, after a full collection. Then, under -Xmx900m: processor time that goes into a second in which nothing changes (the"
        + " poll and all else); from the commit of an edit that makes one action fire each second to"
        + " its first line (up to 1 s of it is the wait for the poll, up to 1 s that for the next full"
        + " second).";
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    Path file = session.folder().resolve("database.db");
    ActionTable.sqlite(file, ACTIONS, Changes::quiet);
    Start onSqlite =
        () -> {
          Path folder = session.folder();
          Files.copy(file, folder.resolve("database.db"));
          return Launch.in(folder).config(Configs.sqlite("database.db", true, 1));
        };
    int loads = session.measuresOthers() ? LOADS : LOADS_OF_A_ROUND;
    load("SQLite", onSqlite, loads, out);
    Path folder = session.folder();
    Path table = Files.copy(file, folder.resolve("database.db"));
    Launch sqlite = Launch.in(folder).config(Configs.sqlite("database.db", true, 1));
    watch("SQLite", sqlite, () -> DriverManager.getConnection("jdbc:sqlite:" + table), out);

    TestPostgres server = session.postgres();
    String database = server.createDatabase();
    ActionTable.postgres(server, database, ACTIONS, Changes::quiet);
    Start onPostgres =
        () -> Launch.in(session.folder()).config(Configs.postgres(server, database, 1));
    load("PostgreSQL", onPostgres, loads, out);
    watch("PostgreSQL", onPostgres.fresh(), () -> server.connect(database), out);
  }

  /** A way to start, with a store that knows nothing yet. */
  private interface Start {
    Launch fresh() throws Exception;
  }

  /** One of 200 schedules that are months away. */
  private static String quiet(int action) {
    int month = (Instant.now().atOffset(ZoneOffset.UTC).getMonthValue() + 5) % 12 + 1;
    int variant = action % 200;
    return "{\"format\": \"unix\", \"params\": {\"value\": \"%d %d 15 %d *\"}}"
        .formatted(variant % 60, variant / 60, month);
  }

  private static void load(String label, Start start, int loads, Consumer<Row> out)
      throws Exception {
    List<Double> ready = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    List<Double> heap = new ArrayList<>();
    for (int i = 0; i < loads; i++) {
      try (Scheduler scheduler = start.fresh().start()) {
        Instant readyAt = scheduler.awaitReady(Duration.ofMinutes(2)).receivedAt();
        cpu.add(cpuMillis(scheduler));
        ready.add((double) Duration.between(scheduler.startedAt(), readyAt).toMillis());
        heap.add(Jcmd.liveMebibytes(scheduler.process()));
      }
    }
    out.accept(
        Row.of(label + ", first load, start to ready", Figures.of(ready), "ms").atMost(5000));
    out.accept(Row.of(label + ", first load, processor time", Figures.of(cpu), "ms"));
    out.accept(Row.of(label + ", first load, heap in use", Figures.of(heap), "MiB").atMost(600));
  }

  private static void watch(
      String label, Launch launch, Callable<Connection> connect, Consumer<Row> out)
      throws Exception {
    LineReceiver receiver = new LineReceiver(1000);
    try (Scheduler scheduler = launch.jvm("-Xmx900m").stdoutTo(receiver).start();
        Connection connection = connect.call()) {
      scheduler.awaitReady(Duration.ofMinutes(2));
      Pause.until(Instant.now().plusSeconds(5));
      double idle = cpuMillis(scheduler) * -1;
      Pause.until(Instant.now().plusSeconds(IDLE_SECONDS));
      idle = (idle + cpuMillis(scheduler)) / IDLE_SECONDS;
      List<Double> noticed = new ArrayList<>();
      for (int edit = 1; edit <= EDITS; edit++) {
        noticed.add(editToFire(connection, edit * 123_457, receiver));
      }
      if (!scheduler.process().isAlive()) {
        throw new IllegalStateException("ended: " + scheduler.stderr().tail());
      }
      out.accept(Row.millis(label + ", processor time of an idle second", idle));
      out.accept(Row.of(label + ", edit to first line", Figures.of(noticed), "ms").atMost(4000));
    }
  }

  private static double cpuMillis(Scheduler scheduler) {
    return scheduler.process().info().totalCpuDuration().orElseThrow().toMillis();
  }

  private static double editToFire(Connection connection, int action, LineReceiver receiver)
      throws SQLException, InterruptedException {
    int before = receiver.count();
    try (Statement statement = connection.createStatement()) {
      String each = "{\"format\": \"unix\", \"params\": {\"value\": \"* * * * * *\"}}";
      statement.execute("UPDATE action SET cron = '" + each + "' WHERE id = " + action);
    }
    Instant committedAt = Instant.now();
    Pause.until(committedAt.plusSeconds(60), () -> find(receiver, before, action) >= 0);
    int at = find(receiver, before, action);
    if (at < 0) {
      throw new IllegalStateException("action " + action + " did not fire after its edit");
    }
    return receiver.slice(before + at, before + at + 1).lastAfter(committedAt);
  }

  /** The place of the first line of {@code action} after {@code from}, or -1. */
  private static int find(LineReceiver receiver, int from, int action) {
    int[] actions = receiver.slice(from, Integer.MAX_VALUE).actions();
    for (int i = 0; i < actions.length; i++) {
      if (actions[i] == action) {
        return i;
      }
    }
    return -1;
  }
}
