package io.actionscheduler.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Rows in aligned columns, with a heading. Its rows stream: the columns are as wide as the first
 * thousand rows need, and a wider cell further down pushes its own row to the right.
 */
final class Table {
  private static final int MEASURED = 1_000;
  private static final int GAP = 2;
  private static final int LEAST = 6;

  private final Output out;
  private final OptionalInt terminal;
  private final String[] headings;
  private final boolean[] right;
  private final List<String[]> held = new ArrayList<>();
  private int[] widths; // null until they are measured

  /**
   * @param terminal columns to stay within, cutting what is too long; empty: nothing is cut
   * @param headings of the columns; one that begins with {@code >} is aligned to the right
   */
  Table(Output out, OptionalInt terminal, String... headings) {
    this.out = out;
    this.terminal = terminal;
    this.headings = new String[headings.length];
    this.right = new boolean[headings.length];
    for (int i = 0; i < headings.length; i++) {
      right[i] = headings[i].startsWith(">");
      this.headings[i] = right[i] ? headings[i].substring(1) : headings[i];
    }
  }

  /** Adds a cell for each column; control characters are escaped. */
  void row(String... cells) {
    String[] row = Arrays.stream(cells).map(DisplayText::safe).toArray(String[]::new);
    if (widths != null) {
      print(row);
      return;
    }
    held.add(row);
    if (held.size() == MEASURED) {
      printHeld();
    }
  }

  /** Prints the buffered rows, and the heading even without rows. */
  void end() {
    if (widths == null) {
      printHeld();
    }
  }

  private void printHeld() {
    widths = Arrays.stream(headings).mapToInt(DisplayText::width).toArray();
    for (String[] row : held) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], DisplayText.width(row[i]));
      }
    }
    terminal.ifPresent(this::fit);
    print(headings);
    held.forEach(this::print);
    held.clear();
  }

  /** Takes from the widest column until the row fits, or no column can give more. */
  private void fit(int columns) {
    int surplus = Arrays.stream(widths).sum() + GAP * (widths.length - 1) - columns;
    while (surplus > 0) {
      int widest = 0;
      int second = 0; // the width down to which the widest may be cut at once
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      for (int i = 0; i < widths.length; i++) {
        second = i == widest ? second : Math.max(second, widths[i]);
      }
      int least = Math.max(LEAST, DisplayText.width(headings[widest]));
      int target =
          Math.max(least, Math.min(widths[widest] - 1, Math.max(second, widths[widest] - surplus)));
      if (target >= widths[widest]) {
        return;
      }
      surplus -= widths[widest] - target;
      widths[widest] = target;
    }
  }

  private void print(String[] row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      boolean last = i == row.length - 1;
      String cell = terminal.isPresent() ? DisplayText.cut(row[i], widths[i]) : row[i];
      String padding = " ".repeat(Math.max(0, widths[i] - DisplayText.width(cell)));
      line.append(right[i] ? padding : "").append(cell).append(right[i] || last ? "" : padding);
      line.append(last ? "" : " ".repeat(GAP));
    }
    out.line(line.toString().stripTrailing());
  }
}
