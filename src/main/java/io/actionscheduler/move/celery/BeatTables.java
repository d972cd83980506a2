package io.actionscheduler.move.celery;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.move.Elsewhere;
import io.actionscheduler.move.LeftOut;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.move.TableRow;
import io.actionscheduler.move.Tables;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ZoneText;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the tables of django_celery_beat. */
public final class BeatTables {
  private static final String PROGRAM = "django_celery_beat";
  private static final Instant FOREVER = Instant.ofEpochSecond(Long.MAX_VALUE / 1_000_000);
  private static final Map<String, Long> PERIODS =
      Map.of("seconds", 1L, "minutes", 60L, "hours", 3_600L, "days", 86_400L);

  private final Optional<String> callback;
  private final ZoneId zone;
  private final Map<String, Map<String, TableRow>> schedules = new HashMap<>();
  private final List<Moved> actions = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /** A schedule, and its times in beat. */
  private record Schedule(Object cron, ZoneId zone, Elsewhere there) {}

  /** Why a task does not become an action. */
  private static final class NotHad extends Exception {
    private final boolean isFault;

    NotHad(String reason, boolean isFault) {
      super(reason);
      this.isFault = isFault;
    }
  }

  /**
   * @param callback that sends the tasks; empty: the default one of the settings
   * @param zone of crontabs that name none
   */
  public BeatTables(Optional<String> callback, ZoneId zone) {
    this.callback = requireNonNull(callback, "callback is null");
    this.zone = requireNonNull(zone, "zone is null");
  }

  /**
   * All tasks of {@code tables}.
   *
   * @throws Tables.Unreadable when a table or a column that it needs is missing, or cannot be read
   */
  public Move read(Tables tables) throws Tables.Unreadable {
    List<TableRow> tasks =
        tables.rowsOf(
            PROGRAM,
            PROGRAM + "_periodictask",
            List.of(
                "id", "name", "task", "args", "kwargs", "enabled", "crontab_id", "interval_id"));
    schedules(tables, "crontab", "minute", "hour", "day_of_week", "day_of_month", "month_of_year");
    schedules(tables, "interval", "every", "period");
    schedules(tables, "clocked", "clocked_time");
    for (TableRow task : tasks) {
      String name = task.textOr("name");
      if (name.equals("celery.backend_cleanup")) {
        leftOut.add(
            new LeftOut("task " + name, "", "it belongs to Celery, which makes it again", false));
        continue;
      }
      try {
        action(name, task, schedule(task));
      } catch (NotHad e) {
        leftOut.add(new LeftOut("task " + name, task.textOr("task"), e.getMessage(), e.isFault));
      } catch (InvalidSchedule e) {
        leftOut.add(new LeftOut("task " + name, task.textOr("task"), e.getMessage(), true));
      }
    }
    return new Move(actions, leftOut, Map.of());
  }

  private void schedules(Tables tables, String kind, String... columns) throws Tables.Unreadable {
    Map<String, TableRow> byId = new HashMap<>();
    String table = PROGRAM + "_" + kind + "schedule";
    if (!tables.columns(table).isEmpty() || kind.equals("crontab")) {
      for (TableRow row : tables.rowsOf(PROGRAM, table, List.of(columns))) {
        byId.put(row.textOr("id"), row);
      }
    }
    schedules.put(kind, byId);
  }

  private Schedule schedule(TableRow task) throws NotHad, InvalidSchedule {
    if (task.text("solar_id").isPresent()) {
      throw new NotHad("the sun's schedule; its times move from day to day", false);
    }
    for (String kind : List.of("crontab", "interval", "clocked")) {
      Optional<String> id = task.text(kind + "_id");
      if (id.isPresent()) {
        TableRow row = schedules.get(kind).get(id.get());
        if (row == null) {
          throw new NotHad("its " + kind + " " + id.get() + " is missing", true);
        }
        return switch (kind) {
          case "crontab" -> crontab(task, row);
          case "interval" -> interval(task, row);
          default -> clocked(row);
        };
      }
    }
    throw new NotHad("it has no schedule", false);
  }

  private Schedule crontab(TableRow task, TableRow row) throws NotHad, InvalidSchedule {
    if (task.flag("one_off")) {
      throw new NotHad("one_off runs once; write it as a date", false);
    }
    Optional<String> name = row.text("timezone").filter(of -> !of.isEmpty());
    ZoneId in = name.isPresent() ? ZoneText.read("timezone", name.get()) : zone;
    CeleryCron cron;
    try {
      cron = CeleryCron.of(row);
    } catch (IllegalArgumentException e) {
      throw new NotHad("Celery refuses \"" + e.getMessage() + "\" in its crontab", true);
    }
    Map<String, Object> params = new LinkedHashMap<>(cron.fields());
    Optional<Instant> start = task.instant("start_time");
    start.ifPresent(at -> params.put("start_date", at.toString()));
    Optional<Instant> end = lastBefore(task);
    end.ifPresent(at -> params.put("end_date", at.toString()));
    return new Schedule(
        Map.of("format", "apscheduler", "params", params),
        in,
        cron.in(in).within(start.orElse(Instant.EPOCH), end.orElse(FOREVER)));
  }

  private Schedule interval(TableRow task, TableRow row) throws NotHad {
    Long period = PERIODS.get(row.textOr("period"));
    long every = row.number("every").orElse(0L);
    if (task.flag("one_off")) {
      throw new NotHad("one_off runs once; write it as a date", false);
    }
    if (period == null || every < 1) {
      throw new NotHad("its interval is not in whole seconds", false);
    }
    Instant start =
        task.instant("last_run_at").or(() -> task.instant("start_time")).orElse(Instant.EPOCH);
    Instant whole = Instant.ofEpochSecond(start.getEpochSecond());
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("every", every * period + "s");
    params.put("start_date", whole.toString());
    Optional<Instant> end = lastBefore(task);
    end.ifPresent(at -> params.put("end_date", at.toString()));
    return new Schedule(
        Map.of("format", "interval", "params", params),
        zone,
        Elsewhere.every(every * period, whole).upTo(end.orElse(FOREVER)));
  }

  /** The last second before a task expires; at {@code expires} itself, beat no longer sends it. */
  private static Optional<Instant> lastBefore(TableRow task) {
    return task.instant("expires").map(at -> at.minusNanos(1).truncatedTo(ChronoUnit.SECONDS));
  }

  private Schedule clocked(TableRow row) throws NotHad {
    Instant at =
        row.instant("clocked_time")
            .orElseThrow(() -> new NotHad("its clocked_time is not a time", true));
    return new Schedule(
        Map.of("format", "date", "params", Map.of("run_date", at.toString())),
        zone,
        Elsewhere.once(Instant.ofEpochSecond(at.getEpochSecond())));
  }

  private void action(String name, TableRow task, Schedule schedule) throws NotHad {
    List<String> notes = new ArrayList<>();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", name);
    row.put("command", task.textOr("task"));
    row.put("cron", schedule.cron());
    row.put("timezone", schedule.zone().getId());
    callback.ifPresent(of -> row.put("callback", of));
    row.put("enabled", task.flag("enabled"));
    row.put("overlap", "allow");
    row.put("merge_missed", true);
    task.number("expire_seconds").ifPresent(seconds -> row.put("actuality_time", seconds));
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (String column : List.of("args", "kwargs", "headers")) {
      Object value = json(column, task.textOr(column));
      if (!value.equals(List.of()) && !value.equals(Map.of())) {
        parameters.put(column, value);
      }
    }
    for (String column : List.of("queue", "exchange", "routing_key")) {
      task.text(column).filter(of -> !of.isEmpty()).ifPresent(of -> parameters.put(column, of));
    }
    task.number("priority").ifPresent(of -> parameters.put("priority", of));
    if (!parameters.isEmpty()) {
      row.put("parameters", parameters);
    }
    if (task.text("interval_id").isPresent()
        && task.instant("last_run_at").isEmpty()
        && task.instant("start_time").isEmpty()) {
      notes.add("it never ran, so its interval counts from the beginning of 1970 here");
    }
    if (callback.isEmpty()) {
      notes.add("its task needs a callback that sends it to Celery; --callback names one");
    }
    actions.add(new Moved("task " + name, row, schedule.there(), notes));
  }

  private static Object json(String column, String text) throws NotHad {
    try {
      return text.isEmpty() ? List.of() : Json.parse(text);
    } catch (InvalidJson e) {
      throw new NotHad("its " + column + " are not JSON: " + e.getMessage(), true);
    }
  }
}
