package io.actionscheduler.bench;

import java.util.OptionalDouble;

/**
 * One line of a result.
 *
 * @param what was measured, of whom
 * @param figures in {@code unit}; of several, the median counts
 * @param target at most this, where the project has set itself one
 * @param against the median of what this is compared with, measured in the same run
 */
record Row(
    String what, Figures figures, String unit, OptionalDouble target, OptionalDouble against) {

  static Row of(String what, Figures figures, String unit) {
    return new Row(what, figures, unit, OptionalDouble.empty(), OptionalDouble.empty());
  }

  static Row millis(String what, double... figures) {
    return of(what, Figures.of(figures), "ms");
  }

  static Row count(String what, long figure) {
    return of(what, Figures.of(figure), "");
  }

  Row atMost(double limit) {
    return new Row(what, figures, unit, OptionalDouble.of(limit), against);
  }

  /** Shows how many times {@code other} this is. */
  Row against(Row other) {
    return new Row(what, figures, unit, target, OptionalDouble.of(other.figures.median()));
  }

  String markdown() {
    String ratio =
        against.isEmpty() || against.getAsDouble() == 0
            ? ""
            : Figures.show(figures.median() / against.getAsDouble()) + " ×";
    return "| "
        + what
        + " | "
        + figures.text()
        + " "
        + unit
        + " | "
        + ratio
        + " | "
        + verdict()
        + " |";
  }

  private String verdict() {
    if (target.isEmpty()) {
      return "";
    }
    return (target.getAsDouble() == 0 ? "" : "≤ ")
        + Figures.show(target.getAsDouble())
        + (figures.median() <= target.getAsDouble() ? " met" : " **missed**");
  }
}
