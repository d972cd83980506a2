package io.actionscheduler.text;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * The commonest mistake with schedules in YAML: a value that begins with one of YAML's own signs,
 * as {@code * * * * *} and {@code @daily} do. YAML's own message about it is misleading.
 */
final class UnquotedValue {
  private static final String SIGN = "(?<sign>[*](?=[ /]|$)|[@%&|>`])";

  /** Behind its name, or in a list. */
  private static final Pattern IN_LINE =
      Pattern.compile("^\\s*(?:- +)*(?<name>[\\w.-]+: +|)" + SIGN);

  /** These signs are a part of YAML at the beginning of a line, and none behind a name. */
  private static final Pattern BEHIND_A_NAME =
      Pattern.compile("^\\s*(?:- +)*(?<name>[\\w.-]+: +)(?<sign>[-?](?= ))");

  private static final Pattern IN_BRACES = Pattern.compile("[{,]\\s*(?<name>[\\w.-]+: +)" + SIGN);

  private UnquotedValue() {}

  /** A message without the value, which may be a secret; empty where this is not the mistake. */
  static Optional<InvalidYaml> find(String text, MarkedYAMLException e) {
    if ("while scanning a quoted scalar".equals(e.getContext()) && isEndOf(text, e)) {
      Mark opened = e.getContextMark(); // the library names the end of the file
      return Optional.of(
          new InvalidYaml(
              "the quote that begins here is not closed",
              opened.getLine() + 1,
              opened.getColumn() + 1));
    }
    for (Mark mark : Arrays.asList(e.getContextMark(), e.getProblemMark())) {
      if (mark == null) {
        continue;
      }
      String line = text.lines().skip(mark.getLine()).findFirst().orElse("");
      Optional<MatchResult> found = before(line, mark.getColumn());
      if (found.isPresent()) {
        return Optional.of(told(found.get(), mark.getLine() + 1));
      }
    }
    return Optional.empty();
  }

  private static boolean isEndOf(String text, MarkedYAMLException e) {
    return e.getContextMark() != null
        && e.getProblemMark() != null
        && e.getProblemMark().getIndex() >= text.codePointCount(0, text.length());
  }

  /** The last such value that begins at {@code column} or before it: its name and its sign. */
  private static Optional<MatchResult> before(String line, int column) {
    return Stream.of(IN_LINE, IN_BRACES, BEHIND_A_NAME)
        .flatMap(pattern -> pattern.matcher(line).results())
        .filter(found -> found.start(2) <= column)
        .max(Comparator.comparingInt(found -> found.start(2)));
  }

  private static InvalidYaml told(MatchResult found, int line) {
    String name = found.group(1);
    String sign = found.group(2);
    boolean cron = sign.equals("*") && name.startsWith("cron");
    return new InvalidYaml(
        "a value that begins with "
            + sign
            + " needs quotes; write "
            + name
            + (cron ? "\"* * * * *\"" : "\"" + sign + "…\""),
        line,
        found.start(2) + 1);
  }
}
