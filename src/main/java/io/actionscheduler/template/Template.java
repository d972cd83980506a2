package io.actionscheduler.template;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with values of a fire in it: {@code Planned: {name}}. Names in braces stand for values,
 * {@code {{} and {@code }}} for braces. Immutable and safe for use by many threads.
 */
public final class Template {

  /** A piece of the text: as it is, or a value. */
  private sealed interface Part {
    record Literal(String text) implements Part {}

    record Value(Placeholder placeholder) implements Part {}
  }

  private final String written;
  private final Escape escape;
  private final List<Part> parts;

  private Template(String written, Escape escape, List<Part> parts) {
    this.written = written;
    this.escape = escape;
    this.parts = List.copyOf(parts);
  }

  /**
   * Compiles {@code written} for what is delivered; values are escaped for where the text goes.
   *
   * @throws InvalidTemplate when braces do not match, or a name or a filter is unknown
   */
  public static Template of(String written, Escape escape) throws InvalidTemplate {
    return of(written, escape, Vocabulary.OF_DELIVERIES);
  }

  /**
   * As {@link #of(String, Escape)}, with other names.
   *
   * @throws InvalidTemplate when braces do not match, or a name or a filter is unknown
   */
  public static Template of(String written, Escape escape, Vocabulary vocabulary)
      throws InvalidTemplate {
    requireNonNull(escape, "escape is null");
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      boolean doubled = i + 1 < written.length() && written.charAt(i + 1) == c;
      if (c != '{' && c != '}') {
        literal.append(c);
      } else if (doubled) {
        literal.append(c);
        i++;
      } else if (c == '}') {
        throw new InvalidTemplate("} without a { before it; a brace itself is written }}");
      } else {
        int end = written.indexOf('}', i);
        if (end < 0) {
          throw new InvalidTemplate("{ without a } behind it; a brace itself is written {{");
        }
        parts.add(new Part.Literal(literal.toString()));
        literal.setLength(0);
        parts.add(new Part.Value(Placeholder.of(written.substring(i + 1, end), vocabulary)));
        i = end;
      }
    }
    parts.add(new Part.Literal(literal.toString()));
    parts.removeIf(part -> part instanceof Part.Literal same && same.text().isEmpty());
    return new Template(written, escape, parts);
  }

  /** Compiles what stands in a JSON string; the text itself is escaped too, not only its values. */
  static Template ofJsonString(String text, Vocabulary vocabulary) throws InvalidTemplate {
    Template plain = of(text, Escape.JSON, vocabulary);
    List<Part> parts = new ArrayList<>();
    for (Part part : plain.parts) {
      if (part instanceof Part.Literal literal) {
        StringBuilder escaped = new StringBuilder();
        Escape.JSON.append(escaped, literal.text());
        parts.add(new Part.Literal(escaped.toString()));
      } else {
        parts.add(part);
      }
    }
    return new Template(text, Escape.JSON, parts);
  }

  /** Whether it is the same text for every fire. */
  public boolean isFixed() {
    return parts.stream().allMatch(Part.Literal.class::isInstance);
  }

  /**
   * The text of every fire.
   *
   * @throws IllegalStateException when it is not fixed
   */
  public String fixedText() {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      if (!(part instanceof Part.Literal literal)) {
        throw new IllegalStateException(written + " has values in it");
      }
      out.append(literal.text());
    }
    return out.toString();
  }

  public String render(Facts facts) {
    StringBuilder out = new StringBuilder();
    render(facts, out);
    return out.toString();
  }

  /** Appends the text for one fire to {@code out}. */
  public void render(Facts facts, StringBuilder out) {
    for (Part part : parts) {
      if (part instanceof Part.Literal literal) {
        out.append(literal.text());
      } else if (part instanceof Part.Value value) {
        escape.append(out, value.placeholder().text(facts));
      }
    }
  }

  /** As it was written. */
  @Override
  public String toString() {
    return written;
  }
}
