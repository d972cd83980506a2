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

/** From nothing to ready, and from a command to its answer, with two actions. */
final class StartUp implements Benchmark {
  private static final int STARTS = 11;
  private static final String[] NEXT = {"next", "0 9 * * *", "--timezone", "Europe/Berlin"};
  private static final String[] LIST = {"actions", "list"};

  /** An AOT cache, which bin/action-scheduler keeps from there on, holds more than an archive. */
  private static final boolean AOT = Runtime.version().feature() >= 25;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String work() {
    return "Two actions, SQLite and standard output, on JDK "
        + Runtime.version().feature()
        + ": process start to ready, and two commands from process start to their end, each by"
        + " `bin/action-scheduler`, which keeps an archive of loaded classes, and by plain `java"
        + " -jar`, in turn. The first start of each, with cold caches, is left out.";
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    Path folder = session.folder();
    Cadence minute = Cadence.every(60);
    ActionTable.sqlite(folder.resolve("database.db"), 2, minute::cron);
    Path cache = session.folder();
    measure(out, folder, cache, "ready", AOT ? 300 : 380);
    measure(out, folder, cache, "`next` of an expression", 250, NEXT);
    measure(out, folder, cache, "`actions list`", 250, LIST);
  }

  private static void measure(
      Consumer<Row> out, Path folder, Path cache, String what, double target, String... command)
      throws InterruptedException {
    boolean scripted = Files.isExecutable(script()); // no: a jar of another build, by itself
    List<Double> byScript = new ArrayList<>();
    List<Double> byJava = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      if (scripted) {
        byScript.add(millis(byScript(folder, cache), command));
      }
      byJava.add(millis(Launch.in(folder), command));
    }
    Row plain = Row.of("java -jar, " + what, Figures.of(byJava.subList(1, STARTS)), "ms");
    if (scripted) {
      Row script =
          Row.of("bin/action-scheduler, " + what, Figures.of(byScript.subList(1, STARTS)), "ms");
      out.accept(script.atMost(target));
      plain = plain.against(script);
    }
    out.accept(plain);
  }

  private static Path script() {
    return Launch.jar().getParent().resolveSibling("bin/action-scheduler").toAbsolutePath();
  }

  private static Launch byScript(Path folder, Path cache) {
    return Launch.in(folder)
        .program(script().toString())
        .env("ACTION_SCHEDULER_CACHE", cache.toString())
        .env("ACTION_SCHEDULER_JAR", Launch.jar().toString())
        .env("JAVA_HOME", System.getProperty("java.home"));
  }

  private static double millis(Launch launch, String... command) throws InterruptedException {
    launch.config(Configs.sqlite("database.db", true, 15)).arguments(command);
    try (Scheduler started = launch.start()) {
      if (command.length > 0) {
        if (started.awaitExit(Duration.ofMinutes(5)) != 0) {
          throw new IllegalStateException(String.join(" ", command) + " failed");
        }
        return Duration.between(started.startedAt(), Instant.now()).toNanos() / 1e6;
      }
      Instant readyAt = started.awaitReady(Duration.ofMinutes(5)).receivedAt();
      started.terminate();
      started.awaitExit();
      return Duration.between(started.startedAt(), readyAt).toNanos() / 1e6;
    }
  }
}
