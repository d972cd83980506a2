package io.actionscheduler.bench;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** From nothing to ready, with two actions. */
final class StartUp implements Benchmark {
  private static final int STARTS = 11;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String work() {
    return "Process start to ready, two actions, SQLite and standard output: by plain `java -jar`, and"
        + " by `bin/action-scheduler`, which keeps an archive of loaded classes. The first start of"
        + " each, with cold caches, is left out.";
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    Path script = Launch.jar().getParent().resolveSibling("bin/action-scheduler");
    Row plain = Row.of("java -jar", starts(session.folder()), "ms").atMost(1200);
    if (!Files.isExecutable(script)) { // a jar of another build, by itself
      out.accept(plain);
      return;
    }
    Path folder = session.folder();
    Row fast =
        Row.of(
            "bin/action-scheduler",
            starts(folder, script.toAbsolutePath().toString(), session.folder().toString()),
            "ms");
    out.accept(fast.atMost(600));
    out.accept(plain.against(fast));
  }

  private static Figures starts(Path folder, String... scriptAndCache) throws Exception {
    Cadence minute = Cadence.every(60);
    ActionTable.sqlite(folder.resolve("database.db"), 2, minute::cron);
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      Launch launch = Launch.in(folder).config(Configs.sqlite("database.db", true, 15));
      if (scriptAndCache.length > 0) {
        launch.program(scriptAndCache[0]);
        launch.env("ACTION_SCHEDULER_CACHE", scriptAndCache[1]);
        launch.env("JAVA_HOME", System.getProperty("java.home"));
      }
      try (Scheduler scheduler = launch.start()) {
        Instant readyAt = scheduler.awaitReady().receivedAt();
        millis.add(Duration.between(scheduler.startedAt(), readyAt).toNanos() / 1e6);
        scheduler.terminate();
        scheduler.awaitExit();
      }
    }
    return Figures.of(millis.subList(1, millis.size()));
  }
}
