package io.actionscheduler.template;

import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JSON document whose strings are templates: {@code {"text": "Planned: {name}"}}. Whatever the
 * values are, the result is JSON of the same shape. A string that is nothing but a {@code
 * {json:parameters.count}} becomes that value itself, a number, a list or an object. Immutable and
 * safe for use by many threads.
 */
public final class JsonTemplate {

  /** A piece of the document. */
  private sealed interface Part {
    /** JSON text as it is. */
    record Literal(String json) implements Part {}

    /** Between the quotes of a string. */
    record Text(Template template) implements Part {}

    /** In place of a string. */
    record Value(Placeholder placeholder) implements Part {}
  }

  private final Vocabulary vocabulary;
  private final List<Part> parts = new ArrayList<>();

  private JsonTemplate(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * Compiles a document; braces of JSON are those of JSON, those in its strings are templates'.
   *
   * @throws InvalidTemplate when it is no JSON, or one of its texts is no template
   */
  public static JsonTemplate of(String written) throws InvalidTemplate {
    return of(written, Vocabulary.OF_DELIVERIES);
  }

  /**
   * As {@link #of(String)}, with other names.
   *
   * @throws InvalidTemplate when it is no JSON, or one of its texts is no template
   */
  public static JsonTemplate of(String written, Vocabulary vocabulary) throws InvalidTemplate {
    JsonTemplate template = new JsonTemplate(vocabulary);
    try {
      template.add(Json.parse(written));
    } catch (InvalidJson e) {
      throw new InvalidTemplate("is not JSON: " + e.getMessage());
    }
    return template;
  }

  public String render(Facts facts) {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Literal literal) {
        out.append(literal.json());
      } else if (part instanceof Part.Text text) {
        text.template().render(facts, out);
      } else if (part instanceof Part.Value value) {
        out.append(value.placeholder().text(facts));
      }
    }
    return out.toString();
  }

  private void add(Object value) throws InvalidTemplate {
    if (value instanceof Map<?, ?> map) {
      String between = "{";
      for (Map.Entry<?, ?> member : map.entrySet()) {
        literal(between + JsonText.of(member.getKey()) + ": ");
        add(member.getValue());
        between = ", ";
      }
      literal(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> list) {
      String between = "[";
      for (Object item : list) {
        literal(between);
        add(item);
        between = ", ";
      }
      literal(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof String text) {
      string(text);
    } else {
      literal(JsonText.of(value));
    }
  }

  private void string(String text) throws InvalidTemplate {
    if (text.startsWith("{json:") && text.indexOf('}') == text.length() - 1) {
      Placeholder placeholder = Placeholder.of(text.substring(1, text.length() - 1), vocabulary);
      if (placeholder.otherwise().isPresent()) {
        checkJson(text, placeholder.otherwise().get());
      }
      parts.add(new Part.Value(placeholder));
      return;
    }
    literal("\"");
    parts.add(new Part.Text(Template.ofJsonString(text, vocabulary)));
    literal("\"");
  }

  private static void checkJson(String text, String otherwise) throws InvalidTemplate {
    try {
      Json.parse(otherwise);
    } catch (InvalidJson e) {
      throw new InvalidTemplate(
          text + ": the text after | takes the place of JSON and is not JSON: " + e.getMessage());
    }
  }

  private void literal(String json) {
    parts.add(new Part.Literal(json));
  }
}
