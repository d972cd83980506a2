package io.actionscheduler.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The types of JSON values, by the names that schemas have for them. */
final class JsonTypes {
  private static final Map<String, String> WORDS =
      Map.of(
          "string", "text",
          "object", "an object",
          "array", "a list",
          "boolean", "true or false",
          "null", "null",
          "integer", "a whole number");

  private JsonTypes() {}

  /** {@code string}, {@code object}, {@code array}, {@code boolean}, {@code null}, or a number. */
  static String of(Object value) {
    return value instanceof String
        ? "string"
        : value instanceof Map<?, ?>
            ? "object"
            : value instanceof List<?>
                ? "array"
                : value instanceof Boolean ? "boolean" : value == null ? "null" : "number";
  }

  /** Whether a value has the type of a schema; whether a number is whole is another question. */
  static boolean isOf(Schema schema, Object value) {
    String type = String.valueOf(schema.json().get("type"));
    return (type.equals("integer") ? "number" : type).equals(of(value));
  }

  /** A type as messages name it: {@code an object}. */
  static String inWords(String type) {
    return WORDS.getOrDefault(type, "a number");
  }

  /** The types that {@code schemas} allow: {@code text or an object}. */
  static String inWords(Schema... schemas) {
    return Arrays.stream(schemas)
        .map(schema -> inWords(String.valueOf(schema.json().get("type"))))
        .collect(Collectors.joining(" or "));
  }
}
