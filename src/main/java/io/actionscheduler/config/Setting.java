package io.actionscheduler.config;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.text.Quoted;
import io.actionscheduler.text.Secrets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A value as its source contains it.
 *
 * @param key its full name, levels separated by dots
 * @param literal whether {@code ${NAME}} in it is plain text
 * @param parts of the value that came from elsewhere
 */
record Setting(String key, String value, Source source, boolean literal, List<Part> parts) {

  /**
   * Text that an expression was expanded to.
   *
   * @param name of the variable, or {@code file:path}
   */
  record Part(String name, String value) {}

  Setting {
    requireNonNull(key, "key is null");
    requireNonNull(value, "value is null");
    requireNonNull(source, "source is null");
    parts = List.copyOf(parts);
  }

  /** A value that stands in its source as it is. */
  Setting(String key, String value, Source source, boolean literal) {
    this(key, value, source, literal, List.of());
  }

  /** The same with its expressions expanded. */
  Setting expanded(String to, List<Part> from) {
    return new Setting(key, to, source, true, from);
  }

  /** Where it was said: the place, and the variables or files that the value came from. */
  String origin() {
    return parts.isEmpty()
        ? source.toString()
        : source
            + parts.stream()
                .map(Part::name)
                .distinct()
                .collect(Collectors.joining(", ", " (", ")"));
  }

  /** The value in short for people: secrets masked, of an address not more than its beginning. */
  String shown() {
    return Secrets.brief(key, withoutParts());
  }

  /** The value in quotes, secrets masked. */
  String quoted() {
    return Quoted.quote(Secrets.mask(key, withoutParts()));
  }

  /**
   * The value with secrets that came from elsewhere as they were written; in an address, each part
   * that came from elsewhere: nobody knows what it is.
   */
  private String withoutParts() {
    String text = value;
    for (Part part : parts) {
      boolean whole = part.value().equals(value);
      boolean secret = Secrets.isSecret(part.name()) || part.name().startsWith("file:");
      if (!part.value().isBlank() && (secret || !whole && value.contains("://"))) {
        text = text.replace(part.value(), "${" + part.name() + "}");
      }
    }
    return text;
  }
}
