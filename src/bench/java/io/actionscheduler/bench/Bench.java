package io.actionscheduler.bench;

import io.actionscheduler.testing.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Runs benchmarks and writes what they measured, as Markdown. */
public final class Bench {
  private static final List<Benchmark> ALL =
      List.of(
          new StartUp(),
          new Steady(),
          new Sustained(),
          new Isolation(),
          new HerdStdout(),
          new HerdRecorded(),
          HerdKafka.atLeastOnce(),
          HerdKafka.exactlyOnce(),
          new HerdRedis(),
          new Distinct(),
          new CatchUp(),
          new VerifyYear(),
          new HistoryPages(),
          new ApiLoad(),
          new DashboardPages(),
          new DashboardFollowed(),
          new Million(),
          new Changes(),
          new Polls(),
          new OneShots(),
          new SchedulesByJmh());

  /** What is measured only where it is named. */
  private static final List<Benchmark> ON_REQUEST = List.of(new SustainedFind());

  private Bench() {}

  /**
   * @param args the folder for results, then names separated by spaces; {@code all}, or {@code
   *     list}. The system property {@code against} names a jar of another build to compare with,
   *     {@code rounds} how often each does the work (3).
   */
  public static void main(String[] args) throws Exception {
    Logs.silence();
    Path results = Files.createDirectories(Path.of(args[0]));
    List<String> names =
        List.of(
            args[1].trim().replaceAll("\\bsustained\\s+--find", "sustained-find").split("\\s+"));
    if (names.contains("list")) {
      known().forEach(benchmark -> System.out.println(benchmark.name() + ": " + benchmark.work()));
      return;
    }
    String against = System.getProperty("against", "");
    Function<Benchmark, String> markdown =
        against.isEmpty() ? Bench::markdown : comparison(against)::markdown;
    List<Benchmark> wanted =
        wanted(names).stream()
            .filter(benchmark -> against.isEmpty() || benchmark.startsTheJar())
            .toList();
    System.out.println(Machine.describe());
    for (Benchmark benchmark : wanted) {
      String text = markdown.apply(benchmark);
      System.out.println(text);
      String file = benchmark.name() + (against.isEmpty() ? "" : "-compared") + ".md";
      Files.writeString(results.resolve(file), text);
    }
    Files.writeString(results.resolve("machine.md"), Machine.describe());
    System.exit(0); // whatever a library left running ends here
  }

  private static Comparison comparison(String against) {
    Path before = Path.of(against);
    if (!Files.isRegularFile(before)) {
      throw new IllegalArgumentException("no jar to compare with at " + before.toAbsolutePath());
    }
    return new Comparison(Launch.jar(), before, Integer.getInteger("rounds", 3));
  }

  private static List<Benchmark> wanted(List<String> names) {
    if (names.contains("all")) {
      return ALL;
    }
    List<String> known = known().stream().map(Benchmark::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException("no benchmark \"" + name + "\"; there are " + known);
      }
    }
    return known().stream().filter(benchmark -> names.contains(benchmark.name())).toList();
  }

  private static List<Benchmark> known() {
    return Stream.concat(ALL.stream(), ON_REQUEST.stream()).toList();
  }

  private static String markdown(Benchmark benchmark) {
    long startedAt = System.nanoTime();
    StringBuilder text = new StringBuilder();
    text.append("\n### ").append(benchmark.name()).append("\n\n");
    text.append(benchmark.work()).append("\n\n");
    text.append("| measured | median (range) | times ours | target |\n|---|---|---|---|\n");
    try (Session session = new Session(true)) {
      benchmark.run(session, row -> text.append(row.markdown()).append('\n'));
    } catch (Exception | AssertionError e) { // the others are measured all the same
      text.append("| **failed**: ").append(Logs.failure(benchmark, e)).append(" | | | |\n");
    }
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    text.append(String.format(Locale.ROOT, "%nMeasured in %.0f s.%n", seconds));
    return text.toString();
  }
}
