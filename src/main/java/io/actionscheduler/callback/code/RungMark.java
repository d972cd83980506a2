package io.actionscheduler.callback.code;

import java.util.Arrays;
import java.util.Optional;

/**
 * The last line of the output of a job, which says at what rung it ran: {@code [rung 3
 * (bubblewrap)]}. In this way the record of each run has it.
 */
public final class RungMark {
  /** The most bytes of the mark in the stored output. */
  static final int ROOM = 64;

  private RungMark() {}

  /** The output with its mark. */
  static String on(String output, Rung rung) {
    return output + (output.isEmpty() || output.endsWith("\n") ? "" : "\n") + line(rung);
  }

  /** The rung that the output of a run names; empty for the output of other callbacks. */
  public static Optional<Rung> of(String output) {
    return Arrays.stream(Rung.values()).filter(rung -> isMarked(output, rung)).findFirst();
  }

  /** The output without its mark; all of it for other callbacks. */
  public static String without(String output) {
    return of(output)
        .map(rung -> output.substring(0, output.length() - line(rung).length()))
        .orElse(output);
  }

  private static boolean isMarked(String output, Rung rung) {
    String line = line(rung);
    return output.endsWith(line)
        && (output.length() == line.length()
            || output.charAt(output.length() - line.length() - 1) == '\n');
  }

  private static String line(Rung rung) {
    return "[" + rung + "]\n";
  }
}
