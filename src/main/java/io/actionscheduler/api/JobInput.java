package io.actionscheduler.api;

import io.actionscheduler.http.Faults;
import io.actionscheduler.http.Problem;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.source.Column;
import io.actionscheduler.text.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a body says of a job, as values of columns: those that it names, empty for null. The forms
 * of all services are one: {@code payload.type}, {@code job_type} and {@code callback} are a
 * callback's name, {@code schedule_expr} and {@code cron_expression} a schedule.
 */
final class JobInput {
  /** Columns that bodies write in another way than as their name with its value, or not at all. */
  private static final EnumSet<Column> OF_THEIR_OWN =
      EnumSet.of(
          Column.CRON,
          Column.CALLBACK,
          Column.PARAMETERS,
          Column.RETRY,
          Column.ID,
          Column.CREATED_AT,
          Column.UPDATED_AT);

  private final Map<String, Object> body;
  private final Instant now;
  private final Faults faults = new Faults();
  private final Map<Column, Optional<String>> columns = new EnumMap<>(Column.class);

  private JobInput(Map<String, Object> body, Instant now) {
    this.body = body;
    this.now = now;
  }

  /**
   * The columns that {@code body} names.
   *
   * @param now from when on an interval without a start counts
   * @throws Problem 422 where members contradict each other
   */
  static Map<Column, Optional<String>> read(Map<String, Object> body, Instant now) throws Problem {
    JobInput input = new JobInput(body, now);
    input.schedule();
    input.callback();
    input.parameters();
    input.json("retry_policy", Column.RETRY);
    EnumSet.complementOf(OF_THEIR_OWN).forEach(input::plain);
    input.faults.throwIfAny();
    return input.columns;
  }

  /** The same for a new job, complete. */
  static Map<Column, Optional<String>> readNew(Map<String, Object> body, Instant now)
      throws Problem {
    Map<Column, Optional<String>> columns = read(body, now);
    if (!columns.containsKey(Column.CRON)) {
      Faults faults = new Faults();
      faults.add("/schedule_expr", "required, and missing");
      throw faults.toProblem();
    }
    columns.putIfAbsent(Column.COMMAND, columns.get(Column.NAME));
    return columns;
  }

  /** The same for what takes the place of a job: columns that are not named become NULL. */
  static Map<Column, Optional<String>> readWhole(Map<String, Object> body, Instant now)
      throws Problem {
    Map<Column, Optional<String>> columns = readNew(body, now);
    for (Column column : Column.values()) {
      boolean kept =
          column == Column.ID || column == Column.CREATED_AT || column == Column.UPDATED_AT;
      if (!kept) {
        columns.putIfAbsent(column, Optional.empty());
      }
    }
    return columns;
  }

  /** The name under which a body speaks of {@code column}. */
  static String pointer(Column column, Map<String, Object> body) {
    return switch (column) {
      case CRON -> body.containsKey("cron_expression") ? "/cron_expression" : "/schedule_expr";
      case CALLBACK ->
          body.containsKey("job_type")
              ? "/job_type"
              : body.containsKey("callback") ? "/callback" : "/payload/type";
      case PARAMETERS -> body.containsKey("parameters") ? "/parameters" : "/payload";
      case RETRY -> "/retry_policy";
      case ID,
          NAME,
          COMMAND,
          MERGE_MISSED,
          ACTUALITY_TIME,
          ENABLED,
          TIMEZONE,
          START_DATE,
          END_DATE,
          JITTER,
          OVERLAP,
          CALENDAR,
          OWNER_ID,
          CREATED_AT,
          UPDATED_AT ->
          "/" + column.sqlName();
    };
  }

  private void schedule() {
    Object cron = same("schedule_expr", "cron_expression");
    if (cron != null) {
      columns.put(
          Column.CRON, Optional.of(cron instanceof String text ? counted(text) : Json.write(cron)));
    }
  }

  /** An interval counts from now; other schedules name their times themselves. */
  private String counted(String text) {
    String plain = text.strip();
    if (!ScheduleParser.isAllowedInterval(plain) || body.get(Column.START_DATE.sqlName()) != null) {
      return text;
    }
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("every", plain);
    params.put("start_date", now.truncatedTo(ChronoUnit.SECONDS).toString());
    return Json.write(Map.of("format", "interval", "params", params));
  }

  private void callback() {
    Object type = null;
    for (String member : new String[] {"job_type", "callback"}) {
      if (body.get(member) != null) {
        type = agreeing(type, body.get(member), "/" + member);
      }
    }
    if (body.get("payload") instanceof Map<?, ?> payload) {
      type = agreeing(type, payload.get("type"), "/payload/type");
    }
    boolean named =
        body.containsKey("job_type") || body.containsKey("callback") || body.containsKey("payload");
    if (named) {
      columns.put(Column.CALLBACK, Optional.ofNullable((String) type));
    }
  }

  private void parameters() {
    if (body.get("payload") instanceof Map<?, ?> payload) {
      Map<Object, Object> rest = new LinkedHashMap<>(payload);
      rest.remove("type");
      if (body.containsKey("parameters")) {
        faults.add(
            "/parameters", "is set beside payload, which has the same value; keep one of them");
      }
      columns.put(
          Column.PARAMETERS, rest.isEmpty() ? Optional.empty() : Optional.of(Json.write(rest)));
    } else if (body.containsKey("payload") && !body.containsKey("parameters")) {
      columns.put(Column.PARAMETERS, Optional.empty());
    } else {
      json("parameters", Column.PARAMETERS);
    }
  }

  private Object same(String first, String second) {
    Object one = body.get(first);
    Object other = body.get(second);
    return one == null ? other : other == null ? one : agreeing(one, other, "/" + second);
  }

  private Object agreeing(Object before, Object value, String pointer) {
    if (before != null && !Objects.equals(before, value)) {
      faults.add(pointer, "contradicts another field of the same meaning");
    }
    return value;
  }

  private void plain(Column column) {
    String member = column.sqlName();
    if (body.containsKey(member)) {
      columns.put(column, Optional.ofNullable(body.get(member)).map(Object::toString));
    }
  }

  private void json(String member, Column column) {
    if (body.containsKey(member)) {
      columns.put(column, Optional.ofNullable(body.get(member)).map(Json::write));
    }
  }
}
