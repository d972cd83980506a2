package io.actionscheduler.template;

import io.actionscheduler.text.DidYouMean;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands between braces: {@code name}, {@code parameters.chat_id|0}, {@code json:parameters}.
 *
 * @param json whether the value is written as JSON instead of as text
 * @param name of a vocabulary; empty: a value of the parameters
 * @param path from the parameters down; empty for all of them
 * @param otherwise stands for a value that is missing or null
 */
record Placeholder(
    boolean json, Optional<String> name, List<String> path, Optional<String> otherwise) {
  private static final String JSON = "json:";

  /** Compiles what stands between the braces. */
  static Placeholder of(String written, Vocabulary vocabulary) throws InvalidTemplate {
    int bar = written.indexOf('|');
    Optional<String> otherwise =
        bar < 0 ? Optional.empty() : Optional.of(written.substring(bar + 1));
    String name = (bar < 0 ? written : written.substring(0, bar)).strip();
    boolean json = name.startsWith(JSON);
    if (json) {
      name = name.substring(JSON.length()).strip();
    }
    if (vocabulary.names().contains(name)) {
      return new Placeholder(json, Optional.of(name), List.of(), otherwise);
    }
    List<String> steps = List.of(name.split("\\.", -1));
    boolean known = vocabulary.parameters() && steps.get(0).equals(Passport.PARAMETERS);
    if (!known || steps.contains("")) {
      throw unknown(name, vocabulary);
    }
    return new Placeholder(json, Optional.empty(), steps.subList(1, steps.size()), otherwise);
  }

  private static InvalidTemplate unknown(String name, Vocabulary vocabulary) {
    return new InvalidTemplate(
        "{"
            + name
            + "} is unknown"
            + DidYouMean.among(name, vocabulary.words())
            + "; a brace itself is written {{ or }}");
  }

  /** Its value as text: text as it is, numbers and the like as JSON; empty text when missing. */
  String text(Facts facts) {
    Optional<Object> value = value(facts);
    if (json) {
      return value.map(JsonText::of).or(() -> otherwise).orElse("null");
    }
    return value
        .map(found -> found instanceof String text ? text : JsonText.of(found))
        .or(() -> otherwise)
        .orElse("");
  }

  private Optional<Object> value(Facts facts) {
    if (name.isPresent()) {
      return facts.value(name.get());
    }
    Object at = facts.parameters();
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
