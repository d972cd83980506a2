package io.actionscheduler.bench;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** How soon the store has progress and history of many actions due in the same second. */
final class HerdRecorded implements Benchmark {
  private static final int ACTIONS = 100_000;
  private static final int SCHEDULES = 200;
  private static final int HERDS = 6;
  private static final String RECORDED =
      """
      SELECT (SELECT count(*) FROM scheduler_progress WHERE settled_until >= ?),
        (SELECT count(*) FROM scheduler_history WHERE first_at = ? AND status = 'SUCCESS')
      """;

  @Override
  public String name() {
    return "herd-recorded";
  }

  @Override
  public String work() {
    return "100,000 actions on 200 schedules due in the same second, every 10 s, to standard output."
        + " Figures: milliseconds from the due time until the store's files were last written to,"
        + " by the file system's own times; then the store is asked whether it holds the progress and"
        + " the history of all of them.";
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    layout(session, "one SQLite file", "database.db", out);
    layout(session, "two SQLite files", "internal.db", out);
  }

  private static void layout(Session session, String label, String store, Consumer<Row> out)
      throws Exception {
    Cadence cadence = Cadence.every(10);
    Path folder = session.folder();
    ActionTable.sqlite(folder.resolve("database.db"), ACTIONS, i -> cadence.cron(i % SCHEDULES));
    LineReceiver receiver = new LineReceiver(ACTIONS * (HERDS + 1));
    // Each look at the table writes its time to the store: none may come in between.
    Launch launch = Launch.in(folder).config(Configs.sqlite(store, true, 600));
    cadence.awaitJustBehind();
    List<Double> recorded = new ArrayList<>();
    try (Scheduler scheduler = launch.stdoutTo(receiver).start()) {
      Instant dueAt = cadence.after(scheduler.awaitReady().receivedAt());
      for (int herd = 0; herd < HERDS; herd++) {
        Pause.until(dueAt.plusSeconds(8));
        recorded.add(Duration.between(dueAt, lastWritten(folder, store)).toNanos() / 1e6);
        requireRecorded(folder.resolve(store), dueAt);
        dueAt = dueAt.plusSeconds(cadence.seconds());
      }
    }
    out.accept(Row.millis(label + ", first herd", recorded.get(0)));
    out.accept(
        Row.of(
                label + ", herds after the first",
                Figures.of(recorded.subList(1, recorded.size())),
                "ms")
            .atMost(1000));
  }

  /** Of the store's file and its logs; the folder's time is that of a log's coming and going. */
  private static Instant lastWritten(Path folder, String store) throws IOException {
    Instant last = Files.getLastModifiedTime(folder).toInstant();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(store)) {
          Instant written = Files.getLastModifiedTime(file).toInstant();
          last = written.isAfter(last) ? written : last;
        }
      }
    }
    return last;
  }

  private static void requireRecorded(Path store, Instant dueAt) throws SQLException {
    long micros = LineReceiver.micros(dueAt);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        PreparedStatement query = connection.prepareStatement(RECORDED)) {
      query.setLong(1, micros);
      query.setLong(2, micros);
      try (ResultSet counts = query.executeQuery()) {
        counts.next();
        if (counts.getInt(1) != ACTIONS || counts.getInt(2) != ACTIONS) {
          throw new IllegalStateException(
              "8 s after %s the store holds the progress of %,d and the history of %,d"
                  .formatted(dueAt, counts.getInt(1), counts.getInt(2)));
        }
      }
    }
  }
}
