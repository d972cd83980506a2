package io.actionscheduler.quartz;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.quartz.CronExpression;

/**
 * The sets of values that Quartz found in an expression, by the names that its summary gives them:
 * all that it says of how it understood one.
 */
final class FieldSets {
  private final Map<String, String> sets = new HashMap<>();

  private FieldSets() {}

  static FieldSets of(CronExpression expression) {
    FieldSets sets = new FieldSets();
    for (String line : expression.getExpressionSummary().split("\n")) {
      int colon = line.indexOf(": ");
      sets.sets.put(line.substring(0, colon), line.substring(colon + 2));
    }
    return sets;
  }

  /** Whether {@code ?} stands in this field. */
  boolean isOpen(String name) {
    return text(name).equals("?");
  }

  boolean isTrue(String name) {
    return text(name).equals("true");
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  /** The values between {@code least} and {@code most}; all of these for {@code *}. */
  BitSet numbers(String name, int least, int most) {
    BitSet values = new BitSet();
    String text = text(name);
    if (text.equals("*")) {
      values.set(least, most + 1);
    } else if (!text.isEmpty()) {
      for (String number : text.split(",")) {
        int value = Integer.parseInt(number);
        if (value >= least && value <= most) {
          values.set(value);
        }
      }
    }
    return values;
  }

  private String text(String name) {
    String text = sets.get(name);
    if (text == null) {
      throw new IllegalStateException("the summary of Quartz has no " + name + ": " + sets);
    }
    return text;
  }
}
