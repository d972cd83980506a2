package io.actionscheduler.app.view;

import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A row as a person or another program reads it: columns by name, {@code cron} and {@code
 * parameters} written out, flags and numbers as such. The form of {@code sample_actions.yaml} and
 * of JSON.
 */
public final class ActionForm {
  private ActionForm() {}

  /**
   * The row's values that are not NULL, in the order of the columns; what is no sane value as text.
   */
  public static Map<String, Object> of(ActionRow row) {
    Map<String, Object> form = new LinkedHashMap<>();
    row.values().forEach((column, text) -> form.put(column.sqlName(), value(column, text)));
    return form;
  }

  /** The same with null for each column that is NULL. */
  public static Map<String, Object> complete(ActionRow row) {
    Map<String, Object> form = new LinkedHashMap<>();
    for (Column column : Column.values()) {
      form.put(column.sqlName(), row.get(column).map(text -> value(column, text)).orElse(null));
    }
    return form;
  }

  private static Object value(Column column, String text) {
    return switch (column) {
      case ID, ACTUALITY_TIME -> number(text);
      case MERGE_MISSED, ENABLED -> flag(text);
      case CRON, CALLBACK, PARAMETERS, RETRY -> json(text);
      case NAME, COMMAND, TIMEZONE, OVERLAP, OWNER_ID, CREATED_AT, UPDATED_AT -> text;
    };
  }

  private static Object number(String text) {
    try {
      return Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static Object flag(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "1", "t", "true" -> true;
      case "0", "f", "false" -> false;
      default -> text;
    };
  }

  /**
   * JSON only where it is an object, a list or quoted: a name that reads as a number stays text.
   */
  private static Object json(String text) {
    String bare = text.strip();
    if (bare.isEmpty() || "{[\"".indexOf(bare.charAt(0)) < 0) {
      return text;
    }
    try {
      return Json.parse(bare);
    } catch (InvalidJson e) {
      return text;
    }
  }
}
