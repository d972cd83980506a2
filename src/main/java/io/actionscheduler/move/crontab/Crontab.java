package io.actionscheduler.move.crontab;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.move.Elsewhere;
import io.actionscheduler.move.LeftOut;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ZoneText;
import io.actionscheduler.text.CronReader;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the crontab of a user or of the system, as Debian's cron and cronie do. */
public final class Crontab {
  private static final Pattern VARIABLE =
      Pattern.compile(
          "^\\s*(?:\"([^\"]+)\"|'([^']+)'|([^\\s=\"'#@*-][^\\s=\"']*))\\s*=\\s*(.*?)\\s*$");
  private static final int LONGEST_NAME = 60;

  private final CronReader crons;
  private final ZoneId zone;
  private final boolean ofSystem;
  private final List<Moved> actions = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final ShellCallbacks callbacks = new ShellCallbacks();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Map<String, Integer> names = new HashMap<>();
  private final Comments comments = new Comments();

  /**
   * @param zone for lines without {@code CRON_TZ}
   * @param ofSystem whether lines name their user, as in {@code /etc/crontab}
   */
  public Crontab(CronReader crons, ZoneId zone, boolean ofSystem) {
    this.crons = requireNonNull(crons, "crons is null");
    this.zone = requireNonNull(zone, "zone is null");
    this.ofSystem = ofSystem;
  }

  /** All lines of {@code text}. */
  public Move read(String text) {
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String stripped = line.strip();
      if (stripped.isEmpty()) {
        comments.end();
      } else if (stripped.startsWith("#")) {
        comments.line(stripped);
      } else {
        entry("line " + number, stripped);
      }
    }
    return new Move(actions, leftOut, callbacks.settings());
  }

  private void entry(String place, String line) {
    Matcher variable = VARIABLE.matcher(line);
    if (variable.matches()) {
      String name =
          variable.group(1) != null
              ? variable.group(1)
              : variable.group(2) != null ? variable.group(2) : variable.group(3);
      variables.put(name, unquoted(variable.group(4)));
      return;
    }
    try {
      action(place, line, CrontabLine.read(line, ofSystem));
    } catch (CrontabLine.Unreadable e) {
      leftOut.add(new LeftOut(place, line, e.getMessage(), true));
    }
    comments.end();
  }

  private void action(String place, String written, CrontabLine line) {
    if (line.schedule().equals("@reboot")) {
      leftOut.add(
          new LeftOut(
              place,
              written,
              "the start of the machine is not a time; a systemd unit can do it",
              false));
      return;
    }
    try {
      Optional<ZoneId> named = zoneOfLines();
      VixieFields fields = VixieFields.read(line.fields());
      if (fields.isNever()) {
        leftOut.add(
            new LeftOut(
                place,
                written,
                "cron takes it and never runs it: a range in \""
                    + line.schedule()
                    + "\" ends before it begins",
                false));
        return;
      }
      Elsewhere elsewhere = new VixieCron(fields, named.orElse(zone));
      crons.read(line.schedule(), named.orElse(zone));
      actions.add(new Moved(place, row(line, named), elsewhere, notes(line)));
    } catch (InvalidSchedule e) {
      boolean random = line.schedule().contains("~");
      leftOut.add(
          new LeftOut(
              place,
              written,
              e.getMessage() + (random ? "; cronie chooses a value for ~: choose one" : ""),
              !random));
    } catch (IllegalArgumentException e) {
      boolean random = line.schedule().contains("~");
      String fault =
          random
              ? "cronie chooses a value for ~; choose one yourself"
              : "cron refuses \"" + e.getMessage() + "\" in \"" + line.schedule() + "\"";
      leftOut.add(new LeftOut(place, written, fault, !random));
    }
  }

  private Optional<ZoneId> zoneOfLines() throws InvalidSchedule {
    String name = variables.getOrDefault("CRON_TZ", "");
    return name.isBlank() ? Optional.empty() : Optional.of(ZoneText.read("CRON_TZ", name.strip()));
  }

  private Map<String, Object> row(CrontabLine line, Optional<ZoneId> named) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", name(line));
    row.put("command", line.command().text());
    row.put("cron", line.schedule());
    named.ifPresent(of -> row.put("timezone", of.getId()));
    row.put("callback", callbacks.name(variables, line.user()));
    row.put("overlap", "allow");
    line.command()
        .input()
        .filter(input -> !input.isEmpty())
        .ifPresent(input -> row.put("parameters", Map.of("stdin", input)));
    return row;
  }

  private String name(CrontabLine line) {
    String name = comments.title().orElse(line.command().text());
    String base = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME - 1) + "…" : name;
    int same = names.merge(base, 1, Integer::sum);
    return same == 1 ? base : base + " (" + same + ")";
  }

  private List<String> notes(CrontabLine line) {
    List<String> notes = new ArrayList<>();
    if (line.command().text().contains("\\\\")) {
      notes.add("\\\\ in the command stays as it is, as in cronie; Debian's cron makes it one \\");
    }
    String delay = variables.getOrDefault("RANDOM_DELAY", "0");
    if (!delay.equals("0")) {
      notes.add("RANDOM_DELAY=" + delay + " is not taken over; the column jitter delays at random");
    }
    if (variables.getOrDefault("CRON_TZ", "none").isBlank()) {
      notes.add("CRON_TZ is empty and names no zone: that of the machine applies, as in cronie");
    } else if (variables.containsKey("CRON_TZ")) {
      notes.add(
          "CRON_TZ became the time zone of the action, as cronie reads it; Debian's cron does not");
    }
    if (!variables.getOrDefault("MAILTO", "").isEmpty()) {
      notes.add("output is not mailed to MAILTO; history keeps it");
    }
    return notes;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
