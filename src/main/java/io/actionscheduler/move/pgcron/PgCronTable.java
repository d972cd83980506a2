package io.actionscheduler.move.pgcron;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.move.Elsewhere;
import io.actionscheduler.move.LeftOut;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.move.TableRow;
import io.actionscheduler.move.Tables;
import io.actionscheduler.move.crontab.VixieCron;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the jobs of pg_cron: crontab lines with {@code $} for the last day, or seconds. */
public final class PgCronTable {
  private static final Pattern SECONDS =
      Pattern.compile("([1-5]?[0-9])\\s+seconds?", Pattern.CASE_INSENSITIVE);

  private final Optional<String> callback;
  private final ZoneId zone;
  private final List<Moved> actions = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /**
   * @param callback that runs the SQL; empty: the default one of the settings
   * @param zone the server's {@code cron.timezone}
   */
  public PgCronTable(Optional<String> callback, ZoneId zone) {
    this.callback = requireNonNull(callback, "callback is null");
    this.zone = requireNonNull(zone, "zone is null");
  }

  /**
   * All jobs of {@code tables}.
   *
   * @throws Tables.Unreadable when a table or a column that it needs is missing, or cannot be read
   */
  public Move read(Tables tables) throws Tables.Unreadable {
    String table =
        tables.columns("cron.job").isEmpty() && !tables.columns("job").isEmpty()
            ? "job"
            : "cron.job";
    for (TableRow row :
        tables.rowsOf(
            "pg_cron", table, List.of("jobid", "schedule", "command", "database", "username"))) {
      job(row);
    }
    return new Move(actions, leftOut, Map.of());
  }

  private void job(TableRow row) {
    String place = "job " + row.textOr("jobid");
    String schedule = row.textOr("schedule").replaceAll("\\s+", " ");
    Matcher seconds = SECONDS.matcher(schedule);
    if (seconds.matches() && !seconds.group(1).equals("0")) {
      long every = Long.parseLong(seconds.group(1));
      action(place, row, every + "s", Elsewhere.every(every, Instant.EPOCH));
      return;
    }
    if (schedule.equals("@reboot")) {
      leftOut.add(new LeftOut(place, schedule, "the start of the server is not a time", false));
      return;
    }
    try {
      String[] fields = schedule.split(" ");
      if (!schedule.contains("$") && VixieCron.isNever(schedule)) {
        leftOut.add(
            new LeftOut(
                place,
                schedule,
                "pg_cron takes it and never runs it: a range in it ends before it begins",
                false));
      } else if (fields.length == 5 && fields[2].contains("$")) {
        lastDay(place, row, schedule, fields);
      } else {
        action(place, row, schedule, VixieCron.of(schedule, zone));
      }
    } catch (IllegalArgumentException e) {
      leftOut.add(
          new LeftOut(place, schedule, "pg_cron refuses \"" + e.getMessage() + "\" in it", true));
    }
  }

  private void lastDay(String place, TableRow row, String schedule, String[] fields) {
    if (!fields[2].equals("$") || !fields[4].equals("*")) {
      leftOut.add(
          new LeftOut(
              place, schedule, "$ beside other days; write an action for each of them", false));
      return;
    }
    VixieCron days =
        VixieCron.of(String.join(" ", fields[0], fields[1], "28-31", fields[3], fields[4]), zone);
    Elsewhere there =
        (from, to) -> Arrays.stream(days.between(from, to)).filter(at -> isLast(at)).toArray();
    action(place, row, schedule.replace("$", "L"), there);
  }

  private boolean isLast(long second) {
    LocalDate day = LocalDate.ofInstant(Instant.ofEpochSecond(second), zone);
    return day.getDayOfMonth() == day.lengthOfMonth();
  }

  private void action(String place, TableRow row, String cron, Elsewhere there) {
    List<String> notes = new ArrayList<>();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", row.text("jobname").filter(of -> !of.isEmpty()).orElse("pg_cron " + place));
    values.put("command", row.textOr("command"));
    values.put("cron", cron);
    values.put("timezone", zone.getId());
    callback.ifPresent(of -> values.put("callback", of));
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("database", row.textOr("database"));
    parameters.put("username", row.textOr("username"));
    values.put("parameters", parameters);
    if (row.values().containsKey("active") && !row.flag("active")) {
      values.put("enabled", false);
    }
    values.put("overlap", "queue");
    if (cron.endsWith("s") && cron.matches("\\d+s")) {
      notes.add("seconds count from the start of the server there; here from 1970, in UTC");
    }
    notes.add(
        callback.isEmpty()
            ? "its SQL needs a callback that runs it; --callback names one"
            : "its SQL runs in the database and as the user of its parameters");
    actions.add(new Moved(place, values, there, notes));
  }
}
