package io.actionscheduler.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Finds texts in a body that cannot be stored. */
final class Texts {
  private Texts() {}

  /**
   * Adds a fault for each such text.
   *
   * @param value of JSON, with its names as strings
   * @param at a JSON pointer
   */
  static void check(Object value, String at, Faults faults) {
    if (value instanceof String text) {
      check(text, at, "", faults);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        check(list.get(i), at + "/" + i, faults);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, member) -> {
            check(name.toString(), at, "the name of a member ", faults);
            check(member, at + "/" + name.toString().replace("~", "~0").replace("/", "~1"), faults);
          });
    }
  }

  private static void check(String text, String at, String what, Faults faults) {
    if (text.indexOf('\0') >= 0) {
      faults.add(at, what + "holds a NUL character, which no database stores");
    } else if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      faults.add(at, what + "holds half a character (a surrogate alone), which cannot be stored");
    }
  }
}
