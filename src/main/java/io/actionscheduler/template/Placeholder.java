package io.actionscheduler.template;

import io.actionscheduler.text.DidYouMean;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands between braces: {@code name}, {@code parameters.chat_id|0}, {@code json:parameters}.
 *
 * @param json whether the value is written as JSON instead of as text
 * @param field what of the fire it is; empty: a value of the parameters
 * @param path from the parameters down; empty for all of them
 * @param otherwise stands for a value that is missing or null
 */
record Placeholder(
    boolean json, Optional<Field> field, List<String> path, Optional<String> otherwise) {
  private static final String JSON = "json:";

  /** Compiles what stands between the braces. */
  static Placeholder of(String written) throws InvalidTemplate {
    int bar = written.indexOf('|');
    Optional<String> otherwise =
        bar < 0 ? Optional.empty() : Optional.of(written.substring(bar + 1));
    String name = (bar < 0 ? written : written.substring(0, bar)).strip();
    boolean json = name.startsWith(JSON);
    if (json) {
      name = name.substring(JSON.length()).strip();
    }
    Optional<Field> field = Field.of(name);
    if (field.isPresent()) {
      return new Placeholder(json, field, List.of(), otherwise);
    }
    List<String> steps = List.of(name.split("\\.", -1));
    if (!steps.get(0).equals(Passport.PARAMETERS) || steps.contains("")) {
      throw unknown(name);
    }
    return new Placeholder(json, field, steps.subList(1, steps.size()), otherwise);
  }

  private static InvalidTemplate unknown(String name) {
    return new InvalidTemplate(
        "{"
            + name
            + "} is unknown"
            + DidYouMean.hint(name, Field.keys())
            + "; known: "
            + String.join(", ", Field.keys())
            + ", parameters.NAME; a brace itself is written {{ or }}");
  }

  /** Its value as text: text as it is, numbers and the like as JSON; empty text when missing. */
  String text(Passport passport) {
    Optional<Object> value = value(passport);
    if (json) {
      return value.map(JsonText::of).or(() -> otherwise).orElse("null");
    }
    return value
        .map(found -> found instanceof String text ? text : JsonText.of(found))
        .or(() -> otherwise)
        .orElse("");
  }

  private Optional<Object> value(Passport passport) {
    if (field.isPresent()) {
      return field.get().of(passport);
    }
    Object at = passport.parameters();
    for (String step : path) {
      at = below(at, step);
    }
    return Optional.ofNullable(at);
  }

  private static Object below(Object value, String step) {
    if (value instanceof Map<?, ?> map) {
      return map.get(step);
    }
    if (value instanceof List<?> list && step.length() < 10 && isDigits(step)) {
      int index = Integer.parseInt(step);
      return index < list.size() ? list.get(index) : null;
    }
    return null;
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
