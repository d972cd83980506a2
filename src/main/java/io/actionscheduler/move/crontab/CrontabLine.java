package io.actionscheduler.move.crontab;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a crontab that runs a command.
 *
 * @param schedule five fields, or a nickname
 * @param user the user of the command; empty in the crontab of one user
 * @param command what it runs
 */
record CrontabLine(String schedule, Optional<String> user, CronCommand command) {
  private static final String FIELD = "[^\\s]+";
  private static final Pattern SCHEDULE =
      Pattern.compile("^-?(@[A-Za-z]+|" + FIELD + "(?:\\s+" + FIELD + "){4})(?:\\s+(.*))?$");
  private static final Pattern USER = Pattern.compile("^-?(\\S+)(?:\\s+(.*))?$");

  /** Why a line cannot be read. */
  static final class Unreadable extends Exception {
    Unreadable(String reason) {
      super(reason);
    }
  }

  /**
   * Reads {@code text}.
   *
   * @param ofSystem whether the user comes before the command
   */
  static CrontabLine read(String text, boolean ofSystem) throws Unreadable {
    Matcher line = SCHEDULE.matcher(text.strip());
    if (!line.matches()) {
      throw new Unreadable("not a crontab line; write five fields or a nickname, then a command");
    }
    String rest = line.group(2) == null ? "" : line.group(2).strip();
    Optional<String> user = Optional.empty();
    if (ofSystem) {
      Matcher named = USER.matcher(rest);
      if (!named.matches()) {
        throw new Unreadable("the user and the command are missing");
      }
      user = Optional.of(named.group(1));
      rest = named.group(2) == null ? "" : named.group(2).strip();
    }
    if (rest.isEmpty()) {
      throw new Unreadable("the command is missing");
    }
    return new CrontabLine(line.group(1).replaceAll("\\s+", " "), user, CronCommand.read(rest));
  }

  /** The five fields of the schedule. */
  List<String> fields() {
    return fields(schedule);
  }

  /** The fields of {@code schedule}, nicknames spelled out. */
  static List<String> fields(String schedule) {
    String spelledOut =
        switch (schedule) {
          case "@yearly", "@annually" -> "0 0 1 1 *";
          case "@monthly" -> "0 0 1 * *";
          case "@weekly" -> "0 0 * * 0";
          case "@daily", "@midnight" -> "0 0 * * *";
          case "@hourly" -> "0 * * * *";
          default -> schedule;
        };
    return List.of(spelledOut.split("[ \t]+"));
  }
}
