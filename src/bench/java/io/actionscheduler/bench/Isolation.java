package io.actionscheduler.bench;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.function.Consumer;

/** What a callback that hangs does to the fires of another. */
final class Isolation implements Benchmark {
  private static final int ACTIONS = 10_000;
  private static final int HANGING = 1_000;
  private static final int SCHEDULES = 200;
  private static final int SECONDS = 60;

  @Override
  public String name() {
    return "isolation";
  }

  @Override
  public String work() {
    return "10,000 fires each second to standard output, for a minute, progress on disk: lateness of"
        + " all lines at the other end of the pipe. First alone, then beside 1,000 more actions, due"
        + " each second as well, whose webhook goes to a server that takes connections and never"
        + " answers.";
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    Row alone = measure(session, "alone", 0, out);
    try (ServerSocket mute = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress())) {
      Row beside = measure(session, "beside a callback that hangs", mute.getLocalPort(), out);
      out.accept(
          Row.of(
                  "p99 beside it, as a multiple of p99 alone",
                  Figures.of(beside.figures().median() / alone.figures().median()),
                  "")
              .atMost(2));
    }
  }

  /** Gives the row of the 99th percentile. */
  private static Row measure(Session session, String label, int port, Consumer<Row> out)
      throws Exception {
    Cadence cadence = Cadence.every(1);
    Path folder = session.folder();
    Path table = folder.resolve("database.db");
    ActionTable.sqlite(table, ACTIONS + HANGING, i -> cadence.cron(i % SCHEDULES));
    handOver(table, port > 0);
    Launch launch =
        Launch.in(folder)
            .config(
                Configs.sqlite("database.db", true, 15)
                    + """
                    callbacks:
                      mute: {type: webhook, url: "http://127.0.0.1:%d/"}
                    """
                        .formatted(Math.max(1, port)));
    LineReceiver receiver = new LineReceiver(ACTIONS * (SECONDS + 20));
    try (Scheduler scheduler = launch.stdoutTo(receiver).start()) {
      Instant first =
          Instant.ofEpochSecond(scheduler.awaitReady().receivedAt().getEpochSecond() + 8);
      Pause.until(first.minusMillis(100));
      int from = receiver.count();
      Pause.until(first.plusSeconds(SECONDS).minusMillis(100));
      int[] actions = receiver.slice(from, Integer.MAX_VALUE).actions();
      long[] at = receiver.slice(from, from + actions.length).receivedAt();
      Figures figures = Figures.of(lateness(actions, at, first));
      out.accept(Row.millis(label + ", lateness p50", figures.percentile(50)));
      Row p99 = Row.millis(label + ", lateness p99", figures.percentile(99));
      out.accept(p99);
      out.accept(Row.millis(label + ", lateness at most", figures.most()));
      out.accept(
          Row.count(label + ", missed", (long) ACTIONS * SECONDS - actions.length).atMost(0));
      return p99;
    }
  }

  /** Milliseconds: the n-th line of an action is that of the n-th second. */
  private static double[] lateness(int[] actions, long[] receivedAt, Instant first) {
    int[] lines = new int[ACTIONS + HANGING + 1];
    double[] late = new double[actions.length];
    for (int i = 0; i < late.length; i++) {
      long dueAt = (first.getEpochSecond() + lines[actions[i]]++) * 1_000_000;
      late[i] = (receivedAt[i] - dueAt) / 1e3;
    }
    return late;
  }

  /** Gives the last actions to the webhook, or takes them away. */
  private static void handOver(Path table, boolean toWebhook) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + table);
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE action ADD COLUMN callback TEXT");
      String last = " WHERE id > " + ACTIONS;
      statement.execute(
          toWebhook ? "UPDATE action SET callback = 'mute'" + last : "DELETE FROM action" + last);
    }
  }
}
