package io.actionscheduler.schedule;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Values of JSON as messages show them: as they are written in JSON, and not as Java prints them.
 */
final class JsonText {
  private JsonText() {}

  /** A text as it is; everything else as JSON. */
  static String of(Object value) {
    return value instanceof String text ? text : json(value);
  }

  private static String json(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(member -> json(member.getKey()) + ":" + json(member.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof Collection<?> list) {
      return list.stream().map(JsonText::json).collect(Collectors.joining(",", "[", "]"));
    }
    return value instanceof String text
        ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
        : String.valueOf(value);
  }
}
