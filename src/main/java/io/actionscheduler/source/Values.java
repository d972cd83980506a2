package io.actionscheduler.source;

import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads single values in all forms that databases and other programs write. */
final class Values {
  private static final int MOST_DECODED = 8;

  private static final Set<String> TRUE = Set.of("1", "t", "true", "y", "yes", "on", "1.0");
  private static final Set<String> FALSE = Set.of("0", "f", "false", "n", "no", "off", "0.0");

  private Values() {}

  /** A truth value, or {@code otherwise} for NULL. */
  static boolean flag(ActionRow row, Column column, boolean otherwise) throws InvalidRow {
    String text = row.raw(column);
    if (text == null) {
      return otherwise;
    }
    return flag(text).orElseThrow(() -> InvalidRow.of(column, text, column.allowed()));
  }

  /** A truth value; empty for anything else. */
  static Optional<Boolean> flag(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    return TRUE.contains(word)
        ? Optional.of(true)
        : FALSE.contains(word) ? Optional.of(false) : Optional.empty();
  }

  /** Whether a checked truth value is true. */
  static boolean isTrue(String text) {
    return TRUE.contains(text.strip().toLowerCase(Locale.ROOT));
  }

  /** A whole number, or {@code otherwise} for NULL. */
  static long number(ActionRow row, Column column, long otherwise) throws InvalidRow {
    String text = row.raw(column);
    if (text == null) {
      return otherwise;
    }
    return whole(text).orElseThrow(() -> InvalidRow.of(column, text, column.allowed()));
  }

  /** {@code 60}, {@code -1}, and {@code 60.0}, which is what some programs make of 60. */
  static OptionalLong whole(String text) {
    String digits = isDigits(text) ? text : text.strip().replaceFirst("\\.0+$", "");
    if (digits.isEmpty() || digits.length() > 20 || !isDigits(digits)) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // more than a long holds
    }
  }

  private static boolean isDigits(String text) {
    for (int i = text.startsWith("-") ? 1 : 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.equals("-");
  }

  /** Text that is not blank. */
  static Optional<String> text(ActionRow row, Column column) {
    String text = row.raw(column);
    return text == null || text.isBlank() ? Optional.empty() : Optional.of(text.strip());
  }

  /**
   * A JSON object; an empty one for NULL, blank text and JSON's own null. JSON text around an
   * object stands for that object: programs that write JSON into a JSON column encode it once too
   * often.
   */
  @SuppressWarnings("unchecked") // the names of a JSON object are strings
  static Map<String, Object> object(Column column, String text) throws InvalidRow {
    if (text == null || text.isBlank()) {
      return Map.of();
    }
    try {
      Object value = Json.parse(text);
      for (int i = 0; i < MOST_DECODED && value instanceof String inner && isObject(inner); i++) {
        value = Json.parse(inner);
      }
      if (value == null) {
        return Map.of();
      }
      if (value instanceof Map<?, ?> map) {
        return (Map<String, Object>) map;
      }
    } catch (InvalidJson e) {
      throw InvalidRow.of(column, text, "not JSON: " + e.getMessage());
    }
    throw InvalidRow.of(column, text, "allowed are a JSON object, {\"name\": value, …}, and NULL");
  }

  /** Whether it is JSON of an object, or of text around one. */
  private static boolean isObject(String text) {
    String json = text.strip();
    return json.startsWith("{") || json.startsWith("\"");
  }
}
