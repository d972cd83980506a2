package io.actionscheduler.action;

import static java.util.Objects.requireNonNull;

/**
 * Identity of an action: the plain number for a row of the table, {@code <source>:<id>} for other
 * sources. Numbers sort as numbers and before everything else; the rest sorts as text.
 */
public record ActionId(String text) implements Comparable<ActionId> {
  public ActionId {
    requireNonNull(text, "text is null");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an action id is empty");
    }
  }

  public static ActionId of(long number) {
    return new ActionId(Long.toString(number));
  }

  @Override
  public int compareTo(ActionId other) {
    boolean number = isNumber(text);
    if (number != isNumber(other.text)) {
      return number ? -1 : 1;
    }
    return number
        ? Long.compare(Long.parseLong(text), Long.parseLong(other.text))
        : text.compareTo(other.text);
  }

  private static boolean isNumber(String text) {
    int first = text.charAt(0) == '-' && text.length() > 1 ? 1 : 0;
    if (text.length() - first > 18) { // 18 digits always fit into a long
      return false;
    }
    for (int i = first; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
