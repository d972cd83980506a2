package io.actionscheduler.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pauses of a garbage collector, from the log that the virtual machine writes of them. */
record Pauses(List<Double> millis) {
  /** The option that has a virtual machine write {@code gc.log} into its working folder. */
  static final String OPTION = "-Xlog:gc:file=gc.log";

  private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms$");

  /** All of them so far, in order. */
  static Pauses in(Path folder) throws IOException {
    return new Pauses(
        Files.readAllLines(folder.resolve("gc.log")).stream()
            .map(PAUSE::matcher)
            .filter(Matcher::find)
            .map(found -> Double.parseDouble(found.group(1)))
            .toList());
  }

  /** Those that came after {@code before}. */
  Pauses after(Pauses before) {
    return new Pauses(millis.subList(before.millis.size(), millis.size()));
  }

  /** The milliseconds of all of them. */
  double total() {
    return millis.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The milliseconds that {@code percent} of them do not exceed; 0 where there was none. */
  double percentile(double percent) {
    return millis.isEmpty() ? 0 : Figures.of(millis).percentile(percent);
  }
}
