package io.actionscheduler.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Expands {@code ${NAME:default}} and {@code ${file:path}} in values; {@code $${} is a plain {@code
 * ${}. Smallrye's own expressions refer to settings instead of variables, and turn two dollar
 * signs into one everywhere, even in a password.
 */
final class Expressions {
  private static final int DEEPEST = 20;

  private static final String FILE = "file:";

  private final Lookup variables;
  private final SecretFiles files;
  private final Problems problems;

  /** The value of a variable, not expanded. */
  @FunctionalInterface
  interface Lookup {
    Optional<String> of(String name) throws Refused;
  }

  Expressions(Lookup variables, SecretFiles files, Problems problems) {
    this.variables = variables;
    this.files = files;
    this.problems = problems;
  }

  /**
   * Expands every value that is not literal; one that can't be expanded is reported and left
   * unchanged. Line breaks at the end of variables and of secrets are left out, with a warning.
   */
  void expand(Map<String, Setting> settings) {
    settings.replaceAll((key, setting) -> LineEnds.cut(expanded(setting), problems));
  }

  private Setting expanded(Setting setting) {
    if (setting.literal() || !setting.value().contains("${")) {
      return setting;
    }
    try {
      List<Setting.Part> parts = new ArrayList<>();
      Setting expanded = setting.expanded(expand(setting.value(), 0, parts), parts);
      parts.forEach(part -> LineEnds.warn(setting, part, problems));
      return expanded;
    } catch (Refused e) {
      problems.add(setting, setting.quoted() + " " + e.getMessage());
      return setting;
    }
  }

  private String expand(String value, int depth, List<Setting.Part> parts) throws Refused {
    if (depth > DEEPEST) {
      throw new Refused("has defaults in defaults in …", DEEPEST + " levels of them");
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (int open = value.indexOf("${"); open >= 0; open = value.indexOf("${", at)) {
      if (open > at && value.charAt(open - 1) == '$') {
        out.append(value, at, open - 1).append("${");
        at = open + 2;
        continue;
      }
      int close = closing(value, open + 2);
      out.append(value, at, open).append(lookUp(value.substring(open + 2, close), depth, parts));
      at = close + 1;
    }
    return out.append(value, at, value.length()).toString();
  }

  private String lookUp(String expression, int depth, List<Setting.Part> parts) throws Refused {
    if (expression.startsWith(FILE)) {
      String value = files.read(expression.substring(FILE.length()));
      parts.add(new Setting.Part(expression, value));
      return value;
    }
    int colon = expression.indexOf(':');
    String name = (colon < 0 ? expression : expression.substring(0, colon)).strip();
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
      throw new Refused("has ${…} without a name in it", "${NAME}, ${NAME:default}, $${ for ${");
    }
    // An empty value counts as not set, like ${NAME} in a compose file when the variable is not
    // set.
    Optional<String> found = variables.of(name).filter(value -> colon < 0 || !value.isBlank());
    if (found.isEmpty() && colon < 0) {
      throw new Refused(
          "needs " + name + ", which neither the environment nor .env sets",
          "to set it, or a default: ${" + name + ":default}");
    }
    found.ifPresent(value -> parts.add(new Setting.Part(name, value)));
    return found.isPresent()
        ? LineEnds.without(found.get())
        : expand(expression.substring(colon + 1), depth + 1, parts);
  }

  /**
   * The position of the brace that closes the one before {@code from}; braces in between come in
   * pairs.
   */
  private static int closing(String value, int from) throws Refused {
    int depth = 1;
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new Refused("has ${ without its }", "${NAME}, ${NAME:default}, $${ for ${");
  }
}
