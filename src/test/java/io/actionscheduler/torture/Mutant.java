package io.actionscheduler.torture;

import io.actionscheduler.testing.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A build of the program with a planted fault: some of its sources with some text replaced,
 * compiled and put in front of the jar.
 */
enum Mutant {
  PROGRESS_BEFORE_CONFIRMATION(
      new Change(
          "engine/run/FirePath",
          "batch.add(progress.start(fire), new Delivery(fire, 1, now))",
          "{ Firing started = progress.start(fire);"
              + " settlement.delivered(started, new Delivery(fire, 1, now), \"\", now);"
              + " batch.add(started, new Delivery(fire, 1, now)); }")),
  DROPPED_RETRY(
      new Change(
          "engine/run/Settlement",
          "    log.refused(firing.callback(), delivery, why, open.retryAt());\n"
              + "    keepOpen(firing, open);\n",
          "    settle(firing, delivery.fire(), Outcome.DELIVERED, open.retryAt());\n")),
  EARLY_FIRE(
      new Change("app/parts/SystemClock", "Instant.now()", "Instant.now().plusMillis(300)"),
      new Change("quartz/QuartzAlarm", "at.minus(AHEAD)", "at.minusMillis(300)")),
  WRONG_COUNT(
      new Change(
          "fire/MissedFires",
          "CheckedTimes.stretch(timing, before(first), before(end))",
          "CheckedTimes.stretch(timing, before(first), before(end))"
              + ".map(all -> new Stretch(all.first(), all.last(), all.count() + 1))"));

  private record Change(String type, String from, String to) {}

  private static final String ROOT = "io/actionscheduler/";
  private final List<Change> changes;

  Mutant(Change... changes) {
    this.changes = List.of(changes);
  }

  /** Compiles it into {@code folder} and gives the command that starts it. */
  String[] build(Path folder) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("mutant"));
    List<Path> sources = new ArrayList<>();
    for (Change change : changes) {
      Path source = Path.of("src/main/java", ROOT + change.type() + ".java");
      String text = Files.readString(source);
      if (!text.contains(change.from())) {
        throw new IllegalStateException(source + " has no \"" + change.from() + "\" any more");
      }
      Path mutated = folder.resolve(source.getFileName());
      Files.writeString(mutated, text.replace(change.from(), change.to()));
      sources.add(mutated);
    }
    compile(sources, classes);
    String path = classes + System.getProperty("path.separator") + Launch.jar();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new String[] {java, "-cp", path, "io.actionscheduler.Main"};
  }

  private static void compile(List<Path> sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-d", classes.toString(), "-cp", Launch.jar().toString());
      if (!compiler
          .getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call()) {
        throw new IllegalStateException("a mutant does not compile: " + sources);
      }
    }
  }
}
