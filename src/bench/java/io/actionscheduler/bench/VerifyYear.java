package io.actionscheduler.bench;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The ledger of a year held against the schedules, by the command. */
final class VerifyYear implements Benchmark {
  private static final int ACTIONS = 1_000;
  private static final int RUNS = 5;
  private static final long MINUTES = 365L * 24 * 60;
  private static final String A_YEAR_OF_DELIVERIES =
      """
      UPDATE scheduler_progress
      SET begun_at = ?, first_at = ?, settled_until = ?, fires = ?, outcome = 'DELIVERED'
      """;

  @Override
  public String name() {
    return "verify-year";
  }

  @Override
  public String work() {
    return "`verify` over a year of 1,000 actions that fire each minute (525.6 million scheduled times),"
        + " all of them delivered: from the start of the process to its end, with exit code 0.";
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    Path folder = session.folder();
    Path file = folder.resolve("database.db");
    String minutely = "{\"format\": \"unix\", \"params\": {\"value\": \"* * * * *\"}}";
    ActionTable.sqlite(file, ACTIONS, i -> minutely);
    String config = Configs.sqlite("database.db", true, 15);
    try (Scheduler scheduler = Launch.in(folder).config(config).start()) {
      scheduler.awaitReady();
      scheduler.terminate();
      scheduler.awaitExit();
    }
    Instant to = Instant.now().truncatedTo(ChronoUnit.DAYS);
    Instant from = to.minus(MINUTES, ChronoUnit.MINUTES);
    deliver(file, from, to);
    List<Double> seconds = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      seconds.add(verify(Launch.in(folder).config(config), from, to));
    }
    out.accept(Row.of("process start to its end", Figures.of(seconds), "s").atMost(60));
  }

  private static void deliver(Path file, Instant from, Instant to) throws SQLException {
    long minute = 60_000_000;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement update = connection.prepareStatement(A_YEAR_OF_DELIVERIES)) {
      update.setLong(1, LineReceiver.micros(from) - minute);
      update.setLong(2, LineReceiver.micros(from));
      update.setLong(3, LineReceiver.micros(to) - minute);
      update.setLong(4, MINUTES);
      if (update.executeUpdate() != ACTIONS) {
        throw new IllegalStateException("the store has not the progress of " + ACTIONS);
      }
    }
  }

  private static double verify(Launch launch, Instant from, Instant to) throws Exception {
    launch.arguments("verify", "--json", "--from", from.toString(), "--to", to.toString());
    try (Scheduler command = launch.start()) {
      int code = command.awaitExit();
      double seconds = Duration.between(command.startedAt(), Instant.now()).toNanos() / 1e9;
      if (code != 0 || command.stdout().with("525600000").isEmpty()) {
        throw new IllegalStateException(code + ": " + command.stdout().all());
      }
      return seconds;
    }
  }
}
