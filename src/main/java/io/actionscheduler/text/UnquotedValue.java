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

  private static final Pattern IN_BRACES = Pattern.compile("[{,]\\s*(?<name>[\\w.-]+: +)" + SIGN);

  private UnquotedValue() {}

  /** A message without the value, which may be a secret; empty where this is not the mistake. */
  static Optional<InvalidYaml> find(String text, MarkedYAMLException e) {
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

  /** The last such value that begins at {@code column} or before it: its name and its sign. */
  private static Optional<MatchResult> before(String line, int column) {
    return Stream.concat(IN_LINE.matcher(line).results(), IN_BRACES.matcher(line).results())
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
