package io.actionscheduler.app.view;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.CalendarUse;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.RetryPolicy;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A row as people and other programs read it: columns by name, {@code cron} and {@code parameters}
 * as objects, flags and numbers not as text. {@code sample_actions.yaml} and JSON have this form.
 */
public final class ActionForm {
  private ActionForm() {}

  /** The row's values that are not NULL, in the order of the columns; invalid values as text. */
  public static Map<String, Object> of(ActionRow row) {
    Map<String, Object> form = new LinkedHashMap<>();
    row.values().forEach((column, text) -> form.put(column.sqlName(), value(row, column, text)));
    return form;
  }

  /** The same with null for each column that is NULL. */
  public static Map<String, Object> complete(ActionRow row) {
    Map<String, Object> form = new LinkedHashMap<>();
    for (Column column : Column.values()) {
      form.put(
          column.sqlName(), row.get(column).map(text -> value(row, column, text)).orElse(null));
    }
    return form;
  }

  /** The row that would stand for {@code action} in the table, every default written out. */
  public static ActionRow row(Action action) {
    Map<Column, String> row = new EnumMap<>(Column.class);
    row.put(Column.ID, action.id().text());
    row.put(Column.NAME, action.name());
    row.put(Column.COMMAND, action.command());
    row.put(Column.CRON, action.timing().written());
    row.put(Column.TIMEZONE, action.timing().zone().getId());
    row.putAll(action.policy().as(ActionForm::policy));
    if (!action.parameters().isEmpty()) {
      row.put(Column.PARAMETERS, Json.write(action.parameters()));
    }
    return ActionRow.of(row);
  }

  private static Map<Column, String> policy(
      boolean enabled,
      MissedPolicy missed,
      Overlap overlap,
      List<String> callbacks,
      Optional<RetryPolicy> retry,
      List<CalendarUse> calendars) {
    Map<Column, String> row = new EnumMap<>(Column.class);
    row.put(Column.ENABLED, Boolean.toString(enabled));
    row.put(Column.MERGE_MISSED, Boolean.toString(missed.merge()));
    row.put(
        Column.ACTUALITY_TIME,
        missed.actuality().map(age -> Long.toString(age.toSeconds())).orElse("-1"));
    row.put(Column.OVERLAP, overlap.toString().toLowerCase(Locale.ROOT));
    row.put(Column.CALLBACK, String.join(",", callbacks));
    if (!calendars.isEmpty()) {
      row.put(
          Column.CALENDAR,
          calendars.stream().map(CalendarUse::toString).collect(Collectors.joining(",")));
    }
    retry.ifPresent(own -> row.put(Column.RETRY, Json.write(retry(own))));
    return row;
  }

  private static Map<String, Object> retry(RetryPolicy retry) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("max_retries", (long) retry.maxRetries());
    values.put(
        "retry_delay", BigDecimal.valueOf(retry.retryDelay().toMillis(), 3).stripTrailingZeros());
    values.put("backoff_factor", retry.backoffFactor());
    return values;
  }

  private static Object value(ActionRow row, Column column, String text) {
    return switch (column) {
      case ID, ACTUALITY_TIME, JITTER -> {
        OptionalLong number = row.number(column);
        yield number.isPresent() ? (Object) number.getAsLong() : text;
      }
      case MERGE_MISSED, ENABLED -> row.flag(column).map(flag -> (Object) flag).orElse(text);
      case CRON, CALLBACK, PARAMETERS, RETRY -> json(column, text);
      case NAME,
          COMMAND,
          TIMEZONE,
          START_DATE,
          END_DATE,
          OVERLAP,
          CALENDAR,
          OWNER_ID,
          CREATED_AT,
          UPDATED_AT ->
          text;
    };
  }

  /**
   * Parses only objects, lists and quoted texts: a name that looks like a number stays text. A
   * quoted text that would mean something else without quotes keeps them, so that an import gives
   * the same value.
   */
  private static Object json(Column column, String text) {
    String bare = text.strip();
    if (bare.isEmpty() || !isJson(bare)) {
      return text;
    }
    try {
      Object value = Json.parse(bare);
      return value instanceof String inner && (column != Column.CRON || isJson(inner))
          ? text
          : value;
    } catch (InvalidJson e) {
      return text;
    }
  }

  private static boolean isJson(String bare) {
    return !bare.isBlank() && "{[\"".indexOf(bare.strip().charAt(0)) >= 0;
  }
}
