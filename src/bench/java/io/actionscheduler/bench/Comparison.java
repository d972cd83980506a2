package io.actionscheduler.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Two builds on the same work, in turn: a round measures the one and then the other. The ratio is
 * taken round by round, so that it holds although the machine's speed changes meanwhile.
 *
 * @param now the jar under test
 * @param before the jar that it is compared with
 * @param rounds how often each build does the work, at least 1
 */
record Comparison(Path now, Path before, int rounds) {
  private static final String HERDS = "herds after the first";
  private static final double MOST = 1.1; // times the other build

  Comparison {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds is " + rounds + "; at least 1 is needed");
    }
  }

  /** The figures of one line of a benchmark, in both builds. */
  private static final class Line {
    final String unit;
    final List<Figures> now = new ArrayList<>();
    final List<Figures> before = new ArrayList<>();

    Line(String unit) {
      this.unit = unit;
    }

    String markdown(String what) {
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < Math.min(now.size(), before.size()); round++) {
        double divisor = before.get(round).median();
        if (divisor != 0) {
          ratios.add(now.get(round).median() / divisor);
        }
      }
      String ratio = ratios.isEmpty() ? "" : Figures.of(ratios).text() + " ×";
      if (what.endsWith(HERDS) && !ratios.isEmpty()) {
        boolean met = Figures.of(ratios).median() <= MOST;
        ratio += ", ≤ " + MOST + (met ? " met" : " **missed**");
      }
      return "| " + what + " | " + text(now) + " | " + text(before) + " | " + ratio + " |";
    }

    private String text(List<Figures> figures) {
      return figures.stream().reduce(Figures::and).map(all -> all.text() + " " + unit).orElse("");
    }
  }

  /** Does the work of {@code benchmark} with both builds, and gives the table of its lines. */
  String markdown(Benchmark benchmark) {
    Map<String, Line> lines = new LinkedHashMap<>();
    StringBuilder failures = new StringBuilder();
    for (int round = 0; round < rounds; round++) {
      // Who comes first changes, so that what the first leaves behind (a warm disk) helps both.
      boolean nowFirst = round % 2 == 0;
      for (boolean isNow : List.of(nowFirst, !nowFirst)) {
        try {
          measure(benchmark, isNow, row -> add(lines, row, isNow));
        } catch (Exception | AssertionError e) { // the other build is measured all the same
          failures.append("\n**failed** with the ").append(isNow ? "build under test" : "other");
          failures.append(": ").append(Logs.failure(benchmark, e)).append('\n');
        }
      }
    }
    StringBuilder text = new StringBuilder("\n### " + benchmark.name() + "\n\n");
    text.append("| measured | this build | the other | this / the other |\n|---|---|---|---|\n");
    lines.forEach((what, line) -> text.append(line.markdown(what)).append('\n'));
    return text.append(failures).toString();
  }

  private void measure(Benchmark benchmark, boolean isNow, Consumer<Row> out) throws Exception {
    String jar = System.getProperty("jar");
    System.setProperty("jar", (isNow ? now : before).toString()); // which Launch starts
    try (Session session = new Session(false)) {
      benchmark.run(session, out);
    } finally {
      System.setProperty("jar", jar);
    }
  }

  private static void add(Map<String, Line> lines, Row row, boolean isNow) {
    Line line = lines.computeIfAbsent(row.what(), what -> new Line(row.unit()));
    (isNow ? line.now : line.before).add(row.figures());
  }
}
