package io.actionscheduler.source;

import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which values of two rows differ: flags, numbers and JSON by what they mean, not by their text.
 */
public final class RowDifference {
  private RowDifference() {}

  /**
   * The values that {@code after} has and {@code before} has not, empty for NULL.
   *
   * @param columns that are compared
   */
  public static Map<Column, Optional<String>> between(
      ActionRow before, ActionRow after, Collection<Column> columns) {
    Map<Column, Optional<String>> values = new EnumMap<>(Column.class);
    for (Column column : columns) {
      if (!isSame(column, before, after)) {
        values.put(column, after.get(column));
      }
    }
    return values;
  }

  private static boolean isSame(Column column, ActionRow a, ActionRow b) {
    Optional<String> one = a.get(column);
    Optional<String> other = b.get(column);
    if (one.equals(other)) {
      return true;
    }
    if (one.isEmpty() || other.isEmpty()) {
      return false;
    }
    return switch (column.kind()) {
      case FLAG -> a.flag(column).isPresent() && a.flag(column).equals(b.flag(column));
      case NUMBER -> a.number(column).isPresent() && a.number(column).equals(b.number(column));
      case JSON -> isSameJson(column, one.get(), other.get());
      case TEXT, TIME -> false;
    };
  }

  private static boolean isSameJson(Column column, String one, String other) {
    try {
      return json(column, one).equals(json(column, other));
    } catch (InvalidJson e) {
      return false; // as texts they differ
    }
  }

  private static Object json(Column column, String text) throws InvalidJson {
    if (column != Column.CRON) {
      return Json.parse(text);
    }
    Object cron = Json.parse(CronText.asJson(text));
    return cron instanceof String plain ? Json.parse(CronText.asJson(plain)) : cron;
  }
}
