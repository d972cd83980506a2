package io.actionscheduler.bench;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** A million actions due in one second. */
final class Million implements Benchmark {
  private static final int ACTIONS = 1_000_000;
  private static final int SCHEDULES = 200;
  private static final int HERDS = 4;

  @Override
  public String name() {
    return "million";
  }

  @Override
  public String work() {
    return "1,000,000 actions on 200 schedules due in the same second, every 30 s, to standard"
        + " output, progress on disk (one SQLite file). Milliseconds from the due time to the last"
        + " line at the other end of the pipe.";
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    Cadence cadence = Cadence.every(30);
    Path folder = session.folder();
    ActionTable.sqlite(folder.resolve("database.db"), ACTIONS, i -> cadence.cron(i % SCHEDULES));
    LineReceiver receiver = new LineReceiver(ACTIONS * (HERDS + 1));
    cadence.awaitJustBehind();
    Launch launch = Launch.in(folder).config(Configs.sqlite("database.db", true, 15));
    double readyMillis;
    Herds herds;
    try (Scheduler scheduler = launch.stdoutTo(receiver).start()) {
      Instant readyAt = scheduler.awaitReady().receivedAt();
      readyMillis = Duration.between(scheduler.startedAt(), readyAt).toMillis();
      Instant first = cadence.after(readyAt);
      herds = Herds.receive(receiver, 0, ACTIONS, cadence, first, HERDS);
    }
    Row ours = Row.of("herds after the first", herds.rest(), "ms").atMost(3000);
    List.of(
            Row.millis("start to ready, nothing known before", readyMillis),
            Row.millis("first herd", herds.first()),
            ours,
            Row.count("lines before their time", herds.early()).atMost(0))
        .forEach(out);
    if (session.measuresOthers()) {
      Rivals rivals = new Rivals(session, ACTIONS, SCHEDULES, cadence);
      Herds timer = Rivals.herds(rivals.timer(), ACTIONS, cadence, 3);
      out.accept(Row.of("JDK timer, herds after the first", timer.rest(), "ms").against(ours));
    }
  }
}
