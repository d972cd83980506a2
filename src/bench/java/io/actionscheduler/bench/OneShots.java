package io.actionscheduler.bench;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** A million moments, each with an action of its own. */
final class OneShots implements Benchmark {
  private static final int ACTIONS = 1_000_000;

  @Override
  public String name() {
    return "one-shots";
  }

  @Override
  public String work() {
    return "1,000,000 actions that each fire once, spread evenly over the next year, under -Xmx900m:"
        + " time from process start to ready, and the heap in use then, after a full collection.";
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    Path folder = session.folder();
    Instant first = Instant.now().plusSeconds(3600);
    ActionTable.sqlite(
        folder.resolve("database.db"),
        ACTIONS,
        i ->
            "{\"format\": \"date\", \"params\": {\"run_date\": \""
                + first.plusMillis(31_536L * i)
                + "\"}}");
    Launch launch = Launch.in(folder).config(Configs.sqlite("database.db", true, 15));
    try (Scheduler scheduler = launch.jvm("-Xmx900m").start()) {
      Instant readyAt = scheduler.awaitReady(Duration.ofMinutes(2)).receivedAt();
      double millis = Duration.between(scheduler.startedAt(), readyAt).toMillis();
      double heap = Jcmd.liveMebibytes(scheduler.process());
      List.of(
              Row.millis("start to ready", millis),
              Row.of("heap in use", Figures.of(heap), "MiB").atMost(600))
          .forEach(out);
    }
  }
}
