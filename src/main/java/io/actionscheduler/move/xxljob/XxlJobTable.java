package io.actionscheduler.move.xxljob;

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
import io.actionscheduler.text.Quoted;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the jobs of xxl-job, whose expressions are Quartz's. */
public final class XxlJobTable {
  private static final String TABLE = "xxl_job_info";
  private static final Set<String> KNOWN_STRATEGIES =
      Set.of("SERIAL_EXECUTION", "DISCARD_LATER", "COVER_EARLY");
  private static final long MISFIRE_SECONDS =
      5; // the delay up to which xxl-job takes a run as on time

  private final Optional<String> callback;
  private final ZoneId zone;
  private final List<Moved> actions = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /**
   * @param callback that runs the handlers; empty: the default one of the settings
   * @param zone of the server that runs xxl-job
   */
  public XxlJobTable(Optional<String> callback, ZoneId zone) {
    this.callback = requireNonNull(callback, "callback is null");
    this.zone = requireNonNull(zone, "zone is null");
  }

  /**
   * All jobs of {@code tables}.
   *
   * @throws Tables.Unreadable when a table or a column that it needs is missing, or cannot be read
   */
  public Move read(Tables tables) throws Tables.Unreadable {
    for (TableRow row :
        tables.rowsOf(
            "xxl-job 2.3 and later",
            TABLE,
            List.of(
                "id",
                "job_desc",
                "schedule_type",
                "schedule_conf",
                "misfire_strategy",
                "executor_handler",
                "executor_param",
                "executor_block_strategy",
                "glue_type",
                "trigger_status"))) {
      job(row);
    }
    return new Move(actions, leftOut, Map.of());
  }

  private void job(TableRow row) {
    String place = "job " + row.textOr("id");
    String conf = row.textOr("schedule_conf");
    String written = row.textOr("schedule_type") + " " + conf;
    try {
      switch (row.textOr("schedule_type")) {
        case "CRON" -> {
          QuartzExpression.parse(conf);
          Object cron = Map.of("format", "quartz", "params", Map.of("value", conf));
          action(place, row, cron, QuartzWalk.of(conf, zone)::between);
        }
        case "FIX_RATE" -> {
          if (!conf.matches("[1-9][0-9]{0,8}")) {
            leftOut.add(new LeftOut(place, written, "its rate is not a number of seconds", true));
            return;
          }
          Optional<Instant> next = next(row);
          action(
              place,
              row,
              rate(conf, next),
              Elsewhere.every(Long.parseLong(conf), next.orElse(Instant.EPOCH)));
        }
        case "NONE" ->
            leftOut.add(new LeftOut(place, written.strip(), "it is only run by hand", false));
        default ->
            leftOut.add(new LeftOut(place, written, "its schedule_type is not known", false));
      }
    } catch (InvalidSchedule e) {
      leftOut.add(new LeftOut(place, written, e.getMessage(), true));
    }
  }

  /** The second of its next run, from which its rate counts; empty for a job that is stopped. */
  private static Optional<Instant> next(TableRow row) {
    return row.number("trigger_next_time")
        .filter(at -> at > 0)
        .map(at -> Instant.ofEpochMilli(at).truncatedTo(ChronoUnit.SECONDS));
  }

  private static Object rate(String seconds, Optional<Instant> next) {
    return next.<Object>map(
            at -> {
              Map<String, Object> params = new LinkedHashMap<>();
              params.put("every", seconds + "s");
              params.put("start_date", at.toString());
              return Map.of("format", "interval", "params", params);
            })
        .orElse(seconds + "s");
  }

  private void action(String place, TableRow row, Object cron, Elsewhere there) {
    if (!row.textOr("glue_type").equals("BEAN")) {
      leftOut.add(
          new LeftOut(
              place,
              row.textOr("glue_type"),
              "its script stands in the column glue_source; write it to a file and run that",
              false));
      return;
    }
    List<String> notes = new ArrayList<>();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(
        "name",
        row.text("job_desc").filter(of -> !of.isEmpty()).orElse(place)
            + " ("
            + row.textOr("id")
            + ")");
    values.put("command", row.textOr("executor_handler"));
    values.put("cron", cron);
    callback.ifPresent(of -> values.put("callback", of));
    row.text("executor_param")
        .filter(of -> !of.isEmpty())
        .ifPresent(of -> values.put("parameters", Map.of("param", of)));
    values.put("enabled", row.number("trigger_status").orElse(0L) == 1);
    values.put("merge_missed", true);
    if (!row.textOr("misfire_strategy").equals("FIRE_ONCE_NOW")) {
      values.put("actuality_time", MISFIRE_SECONDS);
    }
    values.put("overlap", overlap(row.textOr("executor_block_strategy"), notes));
    row.number("executor_fail_retry_count")
        .ifPresent(retries -> values.put("retry", Map.of("max_retries", retries)));
    if (!row.textOr("child_jobid").isEmpty()) {
      notes.add("its child jobs, " + row.textOr("child_jobid") + ", are not run behind it here");
    }
    if (cron instanceof String) {
      notes.add(
          "FIX_RATE counts from its last run, and no next run is stored; here it counts from the"
              + " beginning of 1970, in UTC");
    }
    if (callback.isEmpty()) {
      notes.add("runs by the default callback of the settings; --callback names another");
    }
    actions.add(new Moved(place, values, there, notes));
  }

  private static String overlap(String strategy, List<String> notes) {
    if (strategy.equals("COVER_EARLY")) {
      notes.add("COVER_EARLY ends the run under way; here the new one is skipped");
    }
    if (!KNOWN_STRATEGIES.contains(strategy)) {
      notes.add(
          "its executor_block_strategy "
              + Quoted.quote(strategy)
              + " is not known; what is due while a run is under way is skipped here");
    }
    return strategy.equals("SERIAL_EXECUTION") ? "queue" : "skip";
  }
}
