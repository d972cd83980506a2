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
 * The commonest mistake with schedules and templates in YAML: a value that has YAML's own signs, as
 * {@code * * * * *}, {@code @daily} and {@code {name} is due} do. YAML's own message about it is
 * misleading.
 */
final class UnquotedValue {
  /** Behind its name, or in a list. */
  private static final String START = "^\\s*(?:- +)*+(?<name>[\\w.-]+: +|)";

  private static final String NAMED_START = "^\\s*(?:- +)*+(?<name>[\\w.-]+: +)";

  /** The same within braces or brackets. */
  private static final String FLOW_START = "[\\[{,]\\s*(?<name>[\\w.-]+: +|)";

  private static final Pattern IN_LINE = Pattern.compile(START + "(?<sign>[*](?=[ /]|$)|[@%&|>`])");

  private static final Pattern IN_BRACES =
      Pattern.compile(FLOW_START + "(?<sign>[*](?=[ /,}\\]]|$)|[@%&|>`])");

  /** These signs are a part of YAML at the beginning of a line, and none behind a name. */
  private static final Pattern BEHIND_A_NAME = Pattern.compile(NAMED_START + "(?<sign>[-?](?= ))");

  /** A value that continues after its closing brace: a template, not a section. */
  private static final Pattern TEMPLATE =
      Pattern.compile(NAMED_START + "(?<sign>[{\\[])[^{}\\[\\]]*[}\\]] *[^\\s#]");

  /** A brace inside of a value, as in {@code {a: ${X}}}. */
  private static final Pattern BRACE_IN_BRACES =
      Pattern.compile(FLOW_START + "(?<value>[^\\s\"'\\[\\]{},#][^\"'\\[\\]{},#]*)(?=\\{)");

  private static final Pattern COLON =
      Pattern.compile(
          "(?:^|[\\[{,])\\s*(?:- +)*+(?<name>[\\w.-]+: +)(?<value>[^\\s\"'\\[{|>&*!#%@`].*?)(?=:(?: |$))");

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
      Optional<InvalidYaml> found = inLine(line, mark, String.valueOf(e.getProblem()));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static boolean isEndOf(String text, MarkedYAMLException e) {
    return e.getContextMark() != null
        && e.getProblemMark() != null
        && e.getProblemMark().getIndex() >= text.codePointCount(0, text.length());
  }

  private static Optional<InvalidYaml> inLine(String line, Mark mark, String problem) {
    Optional<MatchResult> sign = last(line, mark, IN_LINE, IN_BRACES, BEHIND_A_NAME, TEMPLATE);
    if (sign.isPresent()) {
      return sign.map(found -> told(found, mark.getLine() + 1));
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return last(line, mark, COLON)
          .map(found -> told(found, "a colon and a space", "…: …", mark.getLine() + 1));
    }
    return problem.contains("but got {")
        ? last(line, mark, BRACE_IN_BRACES)
            .map(found -> told(found, "{", "…{…}", mark.getLine() + 1))
        : Optional.empty();
  }

  /** The last such value that begins at {@code mark} or before it: its name, and how it begins. */
  private static Optional<MatchResult> last(String line, Mark mark, Pattern... patterns) {
    return Stream.of(patterns)
        .flatMap(pattern -> pattern.matcher(line).results())
        .filter(found -> found.start(2) <= mark.getColumn())
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

  private static InvalidYaml told(MatchResult found, String what, String value, int line) {
    return new InvalidYaml(
        "a value with "
            + what
            + " in it needs quotes here; write "
            + found.group(1)
            + "\""
            + value
            + "\"",
        line,
        found.start(2) + 1);
  }
}
