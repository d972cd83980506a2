package io.actionscheduler.bench;

import io.actionscheduler.bench.rival.Rival;
import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Starts the schedulers that the program is compared with. */
final class Rivals {
  private final Session session;
  private final int actions;
  private final int schedules;
  private final Cadence cadence;

  Rivals(Session session, int actions, int schedules, Cadence cadence) {
    this.session = session;
    this.actions = actions;
    this.schedules = schedules;
    this.cadence = cadence;
  }

  Launch timer() throws IOException {
    return launch("timer");
  }

  Launch quartz() throws IOException {
    return launch("quartz");
  }

  Launch dbScheduler() throws IOException, SQLException {
    return launch("db-scheduler", url());
  }

  /** With every action due for a minute. */
  Launch dbSchedulerOverdue() throws IOException, SQLException {
    return launch("db-scheduler", url(), "overdue");
  }

  /** How late the last line of each herd was, from a rival that is started for it and ended. */
  static Herds herds(Launch rival, int actions, Cadence cadence, int herds)
      throws InterruptedException {
    LineReceiver receiver = new LineReceiver(actions * (herds + 1));
    try (Scheduler process = rival.stdoutTo(receiver).start()) {
      String ready = process.awaitReady().text();
      Instant first = Instant.parse(ready.substring(ready.indexOf(' ') + 1));
      return Herds.receive(receiver, receiver.count(), actions, cadence, first, herds);
    }
  }

  private String url() throws IOException, SQLException {
    TestPostgres server = session.postgres();
    String database = server.createDatabase();
    return server.url(database)
        + "?user="
        + TestPostgres.USER
        + "&password="
        + TestPostgres.PASSWORD.replace(" ", "%20");
  }

  private Launch launch(String kind, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx4g", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Rival.class.getName(), kind));
    for (int number : List.of(actions, schedules, cadence.seconds(), cadence.hour())) {
      command.add(Integer.toString(number));
    }
    command.addAll(List.of(more));
    return Launch.in(session.folder()).program(command.toArray(String[]::new));
  }
}
