package io.actionscheduler.move.crontab;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The command of a line of a crontab, and the text that it reads.
 *
 * @param text for the shell
 * @param input its standard input; empty for none
 */
public record CronCommand(String text, Optional<String> input) {
  /** The longest that cron takes; Debian's refuses the crontab otherwise, cronie cuts it off. */
  private static final int MOST_BYTES = 997;

  /** Why a command cannot be written. */
  public static final class Unwritable extends Exception {
    Unwritable(String reason) {
      super(reason);
    }
  }

  public CronCommand {
    requireNonNull(text, "text is null");
    requireNonNull(input, "input is null");
  }

  /**
   * Reads the end of a line: the first {@code %} without a backslash begins the input, in which
   * each further one is a line break. A backslash that another one precedes escapes nothing.
   */
  public static CronCommand read(String written) {
    StringBuilder text = new StringBuilder();
    boolean isEscaped = false;
    for (int i = 0; i < written.length(); i++) {
      char sign = written.charAt(i);
      if (sign == '%' && !isEscaped) {
        return new CronCommand(text.toString(), Optional.of(lines(written.substring(i + 1))));
      }
      if (sign == '%') {
        text.setLength(text.length() - 1);
      }
      text.append(sign);
      isEscaped = sign == '\\' && !isEscaped;
    }
    return new CronCommand(text.toString(), Optional.empty());
  }

  /** cron ends the last line, unless it is ended. */
  private static String lines(String written) {
    String lines = written.replaceAll("(?<!\\\\)%", "\n").replace("\\%", "%");
    return lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\n";
  }

  /**
   * The end of a line that is read as this command.
   *
   * @throws Unwritable when no line is
   */
  public String written() throws Unwritable {
    if (text.isBlank() || text.contains("\n")) {
      throw new Unwritable("its command is empty, or has several lines");
    }
    String written = text.replace("%", "\\%") + input.map(CronCommand::written).orElse("");
    int bytes = written.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new Unwritable(
          "its command has " + bytes + " bytes, and cron takes at most " + MOST_BYTES);
    }
    if (!read(written).text.equals(text)) {
      throw new Unwritable("a \\ before % in its command cannot be expressed there");
    }
    if (!read(written).equals(this)) {
      throw new Unwritable(
          "its parameter stdin cannot be expressed there: each line of it has to end with a line"
              + " break, and none with \\");
    }
    return written;
  }

  private static String written(String lines) {
    String last = lines.replaceFirst("\\n$", "");
    String all = last.isEmpty() || last.endsWith("\n") ? lines : last;
    return "%" + all.replace("%", "\\%").replace('\n', '%');
  }
}
