package io.actionscheduler.config;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Expands {@code ${NAME:default}} in values; {@code $${} is a plain {@code ${}. Smallrye's own
 * expressions look among the settings, not the variables, and make one of two dollar signs wherever
 * they stand, in a password too.
 */
final class Expressions {
  private static final int DEEPEST = 20;

  private final Function<String, Optional<String>> variables;
  private final Problems problems;

  /**
   * @param variables the value of a name, taken as it is
   */
  Expressions(Function<String, Optional<String>> variables, Problems problems) {
    this.variables = variables;
    this.problems = problems;
  }

  /** Expands every value that is not literal; one that can't be is told and left as it is. */
  void expand(Map<String, Setting> settings) {
    settings.replaceAll(
        (key, setting) -> {
          if (setting.literal() || !setting.value().contains("${")) {
            return setting;
          }
          try {
            return setting.expanded(expand(setting.value(), 0));
          } catch (Refused e) {
            problems.add(setting, setting.quoted() + " " + e.getMessage());
            return setting;
          }
        });
  }

  private String expand(String value, int depth) throws Refused {
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
      out.append(value, at, open).append(lookUp(value.substring(open + 2, close), depth));
      at = close + 1;
    }
    return out.append(value, at, value.length()).toString();
  }

  private String lookUp(String expression, int depth) throws Refused {
    int colon = expression.indexOf(':');
    String name = (colon < 0 ? expression : expression.substring(0, colon)).strip();
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
      throw new Refused("has ${…} without a name in it", "${NAME}, ${NAME:default}, $${ for ${");
    }
    Optional<String> found = variables.apply(name);
    if (found.isEmpty() && colon < 0) {
      throw new Refused(
          "needs " + name + ", which neither the environment nor .env sets",
          "to set it, or a default: ${" + name + ":default}");
    }
    return found.isPresent() ? found.get() : expand(expression.substring(colon + 1), depth + 1);
  }

  /** Where the brace closes that opens before {@code from}; braces in between come in pairs. */
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
