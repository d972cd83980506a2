package io.actionscheduler.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * What was measured, in the order of size.
 *
 * @param sorted at least one figure
 */
record Figures(List<Double> sorted) {
  Figures {
    sorted = sorted.stream().sorted().toList();
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  static Figures of(double... figures) {
    return new Figures(java.util.Arrays.stream(figures).boxed().toList());
  }

  static Figures of(Collection<Double> figures) {
    return new Figures(List.copyOf(figures));
  }

  /** These and {@code others}. */
  Figures and(Figures others) {
    List<Double> all = new ArrayList<>(sorted);
    all.addAll(others.sorted);
    return new Figures(all);
  }

  double median() {
    return percentile(50);
  }

  /** The smallest figure that {@code percent} of them do not exceed. */
  double percentile(double percent) {
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  double least() {
    return sorted.get(0);
  }

  double most() {
    return sorted.get(sorted.size() - 1);
  }

  /** {@code 212 (187 to 240, of 5)}, or the only figure. */
  String text() {
    if (sorted.size() == 1) {
      return show(least());
    }
    return show(median())
        + " ("
        + show(least())
        + " to "
        + show(most())
        + ", of "
        + sorted.size()
        + ")";
  }

  static String show(double figure) {
    boolean whole = figure == Math.rint(figure) || Math.abs(figure) >= 10;
    return String.format(Locale.ROOT, whole ? "%,.0f" : "%,.2f", figure);
  }
}
