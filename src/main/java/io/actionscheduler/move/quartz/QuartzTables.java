package io.actionscheduler.move.quartz;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.move.Elsewhere;
import io.actionscheduler.move.LeftOut;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.move.TableRow;
import io.actionscheduler.move.Tables;
import io.actionscheduler.quartz.QuartzExpression;
import io.actionscheduler.quartz.QuartzWalk;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ZoneText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the tables of Quartz's JDBC store, {@code QRTZ_…} or with another prefix. */
public final class QuartzTables {
  private static final String PROGRAM = "Quartz 2";
  private static final long MILLIS = 1_000;
  private static final Instant FOREVER = Instant.ofEpochSecond(Long.MAX_VALUE / 1_000_000);

  private final Optional<String> callback;
  private final ZoneId zone;
  private final Instant now;
  private final List<Moved> actions = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /** A schedule, and its times in Quartz. */
  private record Trigger(Object cron, Optional<ZoneId> zone, Elsewhere there) {}

  /** Why a trigger does not become an action. */
  private static final class NotHad extends Exception {
    NotHad(String reason) {
      super(reason);
    }
  }

  /**
   * @param callback that runs the jobs; empty: the default one of the settings
   * @param zone of triggers that name none
   * @param now the moment that decides which triggers have begun
   */
  public QuartzTables(Optional<String> callback, ZoneId zone, Instant now) {
    this.callback = requireNonNull(callback, "callback is null");
    this.zone = requireNonNull(zone, "zone is null");
    this.now = requireNonNull(now, "now is null");
  }

  /**
   * All triggers of {@code tables}.
   *
   * @throws Tables.Unreadable when a table or a column that it needs is missing, or cannot be read
   */
  public Move read(Tables tables) throws Tables.Unreadable {
    String prefix = prefix(tables);
    Map<List<String>, TableRow> jobs =
        byKey(
            tables.rowsOf(
                PROGRAM,
                prefix + "job_details",
                List.of("job_name", "job_group", "job_class_name", "is_nonconcurrent")),
            "job_name",
            "job_group");
    Map<List<String>, TableRow> crons =
        byKey(
            tables.rowsOf(
                PROGRAM, prefix + "cron_triggers", List.of("cron_expression", "time_zone_id")),
            "trigger_name",
            "trigger_group");
    Map<List<String>, TableRow> simple =
        byKey(
            tables.rowsOf(
                PROGRAM, prefix + "simple_triggers", List.of("repeat_count", "repeat_interval")),
            "trigger_name",
            "trigger_group");
    List<TableRow> triggers =
        tables.rowsOf(
            PROGRAM,
            prefix + "triggers",
            List.of(
                "trigger_name",
                "trigger_group",
                "trigger_state",
                "trigger_type",
                "start_time",
                "end_time",
                "calendar_name",
                "misfire_instr",
                "job_name",
                "job_group"));
    for (TableRow row : triggers) {
      List<String> key = key(row, "trigger_name", "trigger_group");
      String place = "trigger " + name(row, "trigger");
      TableRow job = jobs.get(key(row, "job_name", "job_group"));
      try {
        if (job == null) {
          throw new NotHad("its job " + name(row, "job") + " is missing");
        }
        refuse(row);
        Trigger trigger =
            switch (row.textOr("trigger_type")) {
              case "CRON" -> cron(place, row, crons.get(key));
              case "SIMPLE" -> simple(row, simple.get(key));
              case "CAL_INT", "DAILY_I" ->
                  throw new NotHad(
                      "an interval of the calendar or of the day; write it in the format quartz");
              default ->
                  throw new NotHad(
                      "the type " + row.textOr("trigger_type") + " is a Java object; not read");
            };
        action(place, row, job, trigger);
      } catch (NotHad e) {
        leftOut.add(new LeftOut(place, row.textOr("trigger_type"), e.getMessage(), false));
      } catch (InvalidSchedule e) {
        leftOut.add(new LeftOut(place, row.textOr("trigger_type"), e.getMessage(), true));
      }
    }
    return new Move(actions, leftOut, Map.of());
  }

  private static String prefix(Tables tables) throws Tables.Unreadable {
    return tables.names().stream()
        .filter(name -> name.endsWith("cron_triggers") && !name.contains("."))
        .map(name -> name.substring(0, name.length() - "cron_triggers".length()))
        .filter(prefix -> tables.names().contains(prefix + "job_details"))
        .findFirst()
        .orElseThrow(
            () ->
                new Tables.Unreadable(
                    tables.place()
                        + ": there are no tables QRTZ_CRON_TRIGGERS and QRTZ_JOB_DETAILS, nor any"
                        + " with another prefix; "
                        + tables.found()));
  }

  private void refuse(TableRow trigger) throws NotHad {
    Optional<String> calendar = trigger.text("calendar_name");
    if (calendar.isPresent()) {
      throw new NotHad(
          "its calendar \"" + calendar.get() + "\" keeps it off certain times, as a Java object");
    }
    if (trigger.textOr("trigger_state").equals("COMPLETE")) {
      throw new NotHad("it has ended");
    }
  }

  private Trigger cron(String place, TableRow trigger, TableRow row)
      throws NotHad, InvalidSchedule {
    if (row == null) {
      throw new NotHad("its row of CRON_TRIGGERS is missing");
    }
    String expression = row.textOr("cron_expression");
    Optional<String> name = row.text("time_zone_id").filter(text -> !text.isEmpty());
    Optional<ZoneId> named =
        name.isPresent()
            ? Optional.of(ZoneText.read(place + ": time_zone_id", name.get()))
            : Optional.empty();
    QuartzExpression.parse(expression);
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("value", expression);
    Instant start = Instant.ofEpochMilli(trigger.number("start_time").orElse(0L));
    Elsewhere there = QuartzWalk.of(expression, named.orElse(zone))::between;
    if (start.isAfter(now)) {
      params.put("start_date", start.toString());
      there = there.within(start, FOREVER);
    }
    Optional<Instant> end = end(trigger);
    if (end.isPresent()) { // which is included
      params.put("end_date", end.get().toString());
      there = there.upTo(end.get());
    }
    return new Trigger(Map.of("format", "quartz", "params", params), named, there);
  }

  private static Trigger simple(TableRow trigger, TableRow row) throws NotHad {
    if (row == null) {
      throw new NotHad("its row of SIMPLE_TRIGGERS is missing");
    }
    Instant start = Instant.ofEpochMilli(trigger.number("start_time").orElse(0L));
    long count = row.number("repeat_count").orElse(0L);
    long every = row.number("repeat_interval").orElse(0L);
    if (count == 0) {
      return new Trigger(
          Map.of("format", "date", "params", Map.of("run_date", start.toString())),
          Optional.empty(),
          Elsewhere.once(start));
    }
    if (every < MILLIS || every % MILLIS != 0) {
      throw new NotHad("its interval is not in whole seconds");
    }
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("every", every / MILLIS + "s");
    params.put("start_date", start.toString());
    Elsewhere there = Elsewhere.every(every / MILLIS, start);
    Optional<Instant> last = last(start, count, every, end(trigger));
    if (last.isPresent()) {
      params.put("end_date", last.get().toString());
      there = there.upTo(last.get());
    }
    return new Trigger(Map.of("format", "interval", "params", params), Optional.empty(), there);
  }

  /** Years of more digits are not understood; Quartz repeats 2,147,483,647 times "for ever". */
  private static final Instant FAR = Instant.parse("9999-12-31T00:00:00Z");

  /** Its last time: that of its last repetition, or before its end, at which it no longer fires. */
  private static Optional<Instant> last(
      Instant start, long count, long everyMillis, Optional<Instant> end) {
    Optional<Instant> before = end.map(at -> at.minusMillis(1));
    boolean endless = count < 0 || count > Duration.between(start, FAR).toMillis() / everyMillis;
    if (endless) {
      return before;
    }
    Instant repeated = start.plusMillis(count * everyMillis);
    return Optional.of(before.filter(at -> at.isBefore(repeated)).orElse(repeated));
  }

  private static Optional<Instant> end(TableRow trigger) {
    return trigger.number("end_time").filter(at -> at > 0).map(Instant::ofEpochMilli);
  }

  private void action(String place, TableRow row, TableRow job, Trigger trigger) {
    boolean isCron = row.textOr("trigger_type").equals("CRON");
    List<String> notes = new ArrayList<>();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", name(row, "trigger"));
    values.put("command", job.textOr("job_class_name"));
    values.put("cron", trigger.cron());
    trigger.zone().ifPresent(of -> values.put("timezone", of.getId()));
    callback.ifPresent(of -> values.put("callback", of));
    values.put("overlap", job.flag("is_nonconcurrent") ? "queue" : "allow");
    values.putAll(Misfires.policy(row.number("misfire_instr").orElse(0L), isCron));
    String state = row.textOr("trigger_state");
    if (state.startsWith("PAUSED") || state.equals("ERROR")) {
      values.put("enabled", false);
      notes.add("its state is " + state + ": it is disabled here");
    }
    if (hasData(row) || hasData(job)) {
      notes.add("job data are a Java object, which is not read: write them as parameters");
    }
    if (callback.isEmpty()) {
      notes.add("runs by the default callback of the settings; --callback names another");
    }
    actions.add(new Moved(place, values, trigger.there(), notes));
  }

  private static boolean hasData(TableRow row) {
    return row.bytes("job_data").filter(bytes -> bytes.length > 0).isPresent();
  }

  private static String name(TableRow row, String what) {
    String group = row.textOr(what + "_group");
    String name = row.textOr(what + "_name");
    return group.isEmpty() || group.equals("DEFAULT") ? name : group + "." + name;
  }

  private static Map<List<String>, TableRow> byKey(List<TableRow> rows, String name, String group) {
    Map<List<String>, TableRow> all = new HashMap<>();
    rows.forEach(row -> all.put(key(row, name, group), row));
    return all;
  }

  private static List<String> key(TableRow row, String name, String group) {
    return List.of(row.textOr("sched_name"), row.textOr(group), row.textOr(name));
  }
}
