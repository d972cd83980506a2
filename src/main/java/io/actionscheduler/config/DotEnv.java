package io.actionscheduler.config;

import io.actionscheduler.config.Variables.Variable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a {@code .env} file as shells and other programs do: {@code export}, comments, single
 * quotes for plain text, double quotes with {@code \n} and {@code \"}, both over several lines.
 * Smallrye's reader does not remove the quotes and ignores exported lines.
 */
final class DotEnv {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  private final String text;
  private final String file;
  private final Problems problems;
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private int at;
  private int line = 1;

  private DotEnv(String text, String file, Problems problems) {
    this.text = text.replace("\r\n", "\n");
    this.file = file;
    this.problems = problems;
  }

  /** The variables by their names; of two lines for one name, the later counts. */
  static Map<String, Variable> read(String text, String file, Problems problems) {
    DotEnv reader = new DotEnv(text, file, problems);
    while (reader.at < reader.text.length()) {
      reader.line();
    }
    return reader.variables;
  }

  private void line() {
    skipBlanks();
    if (at == text.length() || text.charAt(at) == '\n' || text.charAt(at) == '#') {
      restOfLine();
      return;
    }
    Source source = new Source(Source.Rank.ENV_FILE, file, line);
    int equals = text.indexOf('=', at);
    int end = endOfLine();
    boolean assigned = equals >= 0 && equals < end;
    String name = text.substring(at, assigned ? equals : end).strip();
    boolean exported = name.startsWith("export ") || name.startsWith("export\t");
    name = exported ? name.substring("export".length()).strip() : name;
    if (!NAME.matcher(name).matches()) {
      problems.add(
          source,
          "",
          "the line is not understood; allowed: NAME=value, export NAME=value, # comment");
      restOfLine();
      return;
    }
    if (!assigned) {
      restOfLine(); // "export NAME" sets nothing
      return;
    }
    at = equals + 1;
    skipBlanks();
    value(name, source);
  }

  private void value(String name, Source source) {
    char quote = at < text.length() ? text.charAt(at) : '\n';
    if (quote != '"' && quote != '\'') {
      String value = restOfLine();
      int comment = commentIn(value);
      value = (comment < 0 ? value : value.substring(0, comment)).strip();
      variables.put(name, new Variable(name, value, source, false));
      return;
    }
    int start = ++at;
    int startLine = line;
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      value.append(quote == '"' ? escaped() : next());
    }
    if (at == text.length()) {
      at = start; // the next lines are read on their own
      line = startLine;
      problems.add(source, name, "the quote " + quote + " is not closed");
      restOfLine();
      return;
    }
    at++;
    String rest = restOfLine().strip();
    if (!rest.isEmpty() && !rest.startsWith("#")) {
      problems.add(source, name, "more text after the closing quote; quote the whole value");
      return;
    }
    variables.put(name, new Variable(name, value.toString(), source, quote == '\''));
  }

  private String escaped() {
    String c = next();
    if (!c.equals("\\") || at == text.length()) {
      return c;
    }
    String second = next();
    return switch (second) {
      case "n" -> "\n";
      case "r" -> "\r";
      case "t" -> "\t";
      case "\"", "\\" -> second;
      default -> c + second;
    };
  }

  private String next() {
    char c = text.charAt(at++);
    if (c == '\n') {
      line++;
    }
    return String.valueOf(c);
  }

  /** A hash begins a comment at the start of a value or after a blank. */
  private static int commentIn(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) == '#' && (i == 0 || Character.isWhitespace(value.charAt(i - 1)))) {
        return i;
      }
    }
    return -1;
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) <= ' ') {
      at++;
    }
  }

  private int endOfLine() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private String restOfLine() {
    int end = endOfLine();
    String rest = text.substring(at, end);
    at = Math.min(end + 1, text.length());
    line++;
    return rest;
  }
}
