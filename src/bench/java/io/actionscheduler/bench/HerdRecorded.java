package io.actionscheduler.bench;

import static io.actionscheduler.bench.Herd.ACTIONS;
import static io.actionscheduler.bench.Herd.HERDS;

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
    LineReceiver receiver = new LineReceiver(ACTIONS * (HERDS + 1));
    // Each look at the table writes its time to the store: none may come in between.
    Herd herd = Herd.prepare(session, Configs.sqlite(store, true, 600));
    List<Double> recorded = new ArrayList<>();
    herd.runAndKill(
        herd.launch().stdoutTo(receiver),
        first -> {
          for (int i = 0; i < HERDS; i++) {
            Instant dueAt = first.plusSeconds((long) i * herd.cadence().seconds());
            Pause.until(dueAt.plusSeconds(8));
            recorded.add(
                Duration.between(dueAt, lastWritten(herd.folder(), store)).toNanos() / 1e6);
            requireRecorded(herd.folder().resolve(store), dueAt);
          }
        });
    out.accept(Herd.first(label + ", ", recorded));
    out.accept(Herd.rest(label + ", ", recorded, 1000));
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
