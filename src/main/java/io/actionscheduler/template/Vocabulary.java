package io.actionscheduler.template;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/**
 * The names that a template may use.
 *
 * @param names of values
 * @param parameters whether {@code parameters.NAME} is understood, too
 */
public record Vocabulary(List<String> names, boolean parameters) {
  /** Of everything that is delivered. */
  public static final Vocabulary OF_DELIVERIES = new Vocabulary(Field.keys(), true);

  public Vocabulary {
    names = List.copyOf(requireNonNull(names, "names is null"));
  }

  /** All words that are allowed in braces. */
  List<String> words() {
    return parameters
        ? Stream.concat(names.stream(), Stream.of("parameters.NAME")).toList()
        : names;
  }
}
