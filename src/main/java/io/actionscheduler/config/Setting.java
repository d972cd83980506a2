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
 * @param parts of the value that come from variables and files
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

  /** A value without expanded parts. */
  Setting(String key, String value, Source source, boolean literal) {
    this(key, value, source, literal, List.of());
  }

  /** The same with its expressions expanded. */
  Setting expanded(String to, List<Part> from) {
    return new Setting(key, to, source, true, from);
  }

  /** The origin of the value: its place, and the variables or files that it came from. */
  String origin() {
    return parts.isEmpty()
        ? source.toString()
        : source
            + parts.stream()
                .map(Part::name)
                .distinct()
                .collect(Collectors.joining(", ", " (", ")"));
  }

  /** The value for people: secrets are masked, and of an address only the beginning is shown. */
  String shown() {
    return Secrets.brief(key, withoutParts());
  }

  /** The value in quotes, secrets masked. */
  String quoted() {
    return Quoted.quote(Secrets.mask(key, withoutParts()));
  }

  /**
   * The value with secrets from variables and files in their written form, {@code ${NAME}}. In an
   * address, every part from there is in that form, as it may be a secret.
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
