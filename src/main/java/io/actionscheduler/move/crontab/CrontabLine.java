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
 * @param command the text for the shell, before the first {@code %}
 * @param input the standard input of the command, after the first {@code %}; further {@code %} are
 *     line breaks
 */
record CrontabLine(String schedule, Optional<String> user, String command, Optional<String> input) {
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
    StringBuilder command = new StringBuilder();
    int input = split(rest, command);
    return new CrontabLine(
        line.group(1).replaceAll("\\s+", " "),
        user,
        command.toString(),
        input < 0 ? Optional.empty() : Optional.of(lines(rest.substring(input))));
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

  /** Copies the text before the first bare {@code %}; gives the position of the input, or -1. */
  private static int split(String text, StringBuilder command) {
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      if (sign == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '%') {
        command.append('%');
        i++;
      } else if (sign == '%') {
        return i + 1;
      } else {
        command.append(sign);
      }
    }
    return -1;
  }

  private static String lines(String text) {
    return text.replace("\\%", "\0").replace('%', '\n').replace('\0', '%') + "\n";
  }
}
