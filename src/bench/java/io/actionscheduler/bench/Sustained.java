package io.actionscheduler.bench;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A stream at a high rate, spread over each second, and what it costs. {@code RATE} and {@code
 * SECONDS} of the environment are the fires in a second and the length of the window.
 */
final class Sustained implements Benchmark {
  /** Moments of a second at which something is due. */
  static final int MOMENTS = 200;

  private static final int WARM_UP_SECONDS = 15;
  private static final int LAST_RECORDS = 500_000;
  private static final String RECORDS =
      """
      SELECT count(*) FROM scheduler_history
      WHERE status = 'SUCCESS' AND first_at >= ? AND first_at < ?
      """;

  @Override
  public String name() {
    return "sustained";
  }

  @Override
  public String work() {
    return "100,000 fires a second for 60 s to standard output, progress and history in one SQLite"
        + " file: 100,000 actions on 200 intervals of a second that begin 5 ms apart. Started by"
        + " bin/action-scheduler. After 15 s of warm-up: lateness of all lines at the other end of"
        + " the pipe, processor time of the process, pauses of its collector. Then it is stopped,"
        + " and the history must have a record of each of the last 500,000 fires of the window.";
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    int rate = setting("RATE", 100_000);
    int seconds = setting("SECONDS", 60);
    Stream stream = Stream.measure(session, rate, seconds, WARM_UP_SECONDS);
    out.accept(Row.of("processor time of a million fires", Figures.of(stream.cpu()), "s"));
    out.accept(Row.millis("lateness p50", stream.late().percentile(50)));
    out.accept(Row.millis("lateness p99", stream.late().percentile(99)).atMost(20));
    out.accept(Row.millis("lateness at most", stream.late().percentile(100)));
    out.accept(Row.count("pauses of the collector", stream.pauses().millis().size()));
    out.accept(Row.millis("pauses, p50", stream.pauses().percentile(50)));
    out.accept(Row.millis("pauses, p99", stream.pauses().percentile(99)).atMost(10));
    out.accept(Row.millis("pauses, all together", stream.pauses().total()));
    out.accept(Row.count("before their time", stream.late().early()).atMost(0));
    out.accept(Row.count("missed", stream.missed()).atMost(0));
    out.accept(Row.count("missing in the history", stream.unrecorded()).atMost(0));
  }

  static int setting(String name, int otherwise) {
    int value = Integer.parseInt(System.getenv().getOrDefault(name, Integer.toString(otherwise)));
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; at least 1 is needed");
    }
    return value;
  }

  /**
   * What was measured.
   *
   * @param cpu seconds of processor time for a million fires, all of the process included
   * @param unrecorded of the last fires of the window, those without a record in the history
   */
  record Stream(Lateness late, long missed, double cpu, Pauses pauses, long unrecorded) {

    static Stream measure(Session session, int rate, int seconds, int warmUpSeconds)
        throws Exception {
      Path folder = session.folder();
      Lateness late = new Lateness(MOMENTS);
      ActionTable.sqlite(folder.resolve("database.db"), rate, i -> interval(late.micros(i)));
      try (Scheduler scheduler = launch(folder).stdoutTo(late).start()) {
        Instant readyAt = scheduler.awaitReady(Duration.ofMinutes(2)).receivedAt();
        Instant from = Instant.ofEpochSecond(readyAt.getEpochSecond() + warmUpSeconds);
        late.count(from.getEpochSecond(), seconds);
        Pause.until(from);
        double cpu = cpuSeconds(scheduler);
        long lines = late.all();
        Pauses before = Pauses.in(folder);
        Pause.until(from.plusSeconds(seconds));
        cpu = (cpuSeconds(scheduler) - cpu) / (late.all() - lines) * 1e6;
        Pauses pauses = Pauses.in(folder).after(before);
        Pause.until(from.plusSeconds(seconds + 2)); // for the last ones of the window
        long missed = (long) rate * seconds - late.counted();
        scheduler.terminate();
        scheduler.awaitExit(Duration.ofMinutes(2));
        // Of the last ones only: the history may have removed older ones meanwhile.
        int last = Math.max(1, Math.min(seconds, LAST_RECORDS / rate));
        Instant to = from.plusSeconds(seconds);
        long unrecorded = (long) rate * last - records(folder, to.minusSeconds(last), to);
        return new Stream(late, missed, cpu, pauses, unrecorded);
      }
    }

    /** Nothing was missed, and nothing came a second late. */
    boolean holds() {
      return missed <= 0 && late.early() == 0;
    }

    private static String interval(long micros) {
      return "{\"format\": \"interval\", \"params\": {\"every\": \"1s\", \"start_date\": "
          + String.format(Locale.ROOT, "\"2026-01-01T00:00:00.%06dZ\"}}", micros);
    }

    /** By the script, with its options of the virtual machine. */
    private static Launch launch(Path folder) {
      return Launch.in(folder)
          .config(Configs.sqlite("database.db", true, 15))
          .program(Path.of("bin", "action-scheduler").toAbsolutePath().toString())
          .env("JAVA_HOME", System.getProperty("java.home"))
          .env("ACTION_SCHEDULER_JAR", Launch.jar().toString())
          .env("ACTION_SCHEDULER_CACHE", "none")
          .env("_JAVA_OPTIONS", Pauses.OPTION); // which come last
    }

    private static double cpuSeconds(Scheduler scheduler) {
      return scheduler.process().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    }

    /** The deliveries in the history that were due from {@code from} on, and before {@code to}. */
    private static long records(Path folder, Instant from, Instant to) throws Exception {
      try (Connection connection =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("database.db"));
          PreparedStatement count = connection.prepareStatement(RECORDS)) {
        count.setLong(1, LineReceiver.micros(from));
        count.setLong(2, LineReceiver.micros(to));
        try (ResultSet row = count.executeQuery()) {
          return row.next() ? row.getLong(1) : 0;
        }
      }
    }
  }
}
