package io.actionscheduler.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;

/**
 * Writes JSON as Python's {@code json.dumps} does by default: a space behind commas and colons,
 * printable ASCII only, the rest as {@code \}{@code u0416}; every reader of JSON takes it, whatever
 * charset it assumes.
 */
public final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  /** {@code value} (text, numbers, booleans, lists, maps, null) as JSON. */
  public static String of(Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  static void append(StringBuilder out, Object value) {
    if (value instanceof Map<?, ?> map) {
      String between = "{";
      for (Map.Entry<?, ?> member : map.entrySet()) {
        appendQuoted(out.append(between), member.getKey().toString());
        append(out.append(": "), member.getValue());
        between = ", ";
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof Collection<?> list) {
      String between = "[";
      for (Object item : list) {
        append(out.append(between), item);
        between = ", ";
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else if (value == null || value instanceof Boolean || isFinite(value)) {
      out.append(value);
    } else {
      appendQuoted(out, value.toString());
    }
  }

  static void appendQuoted(StringBuilder out, String text) {
    appendEscaped(out.append('"'), text);
    out.append('"');
  }

  /** {@code text} as it stands between the quotes of a JSON string. */
  static void appendEscaped(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
        out.append(c);
      } else {
        appendEscape(out.append('\\'), c);
      }
    }
  }

  private static void appendEscape(StringBuilder out, char c) {
    switch (c) {
      case '"', '\\' -> out.append(c);
      case '\b' -> out.append('b');
      case '\t' -> out.append('t');
      case '\n' -> out.append('n');
      case '\f' -> out.append('f');
      case '\r' -> out.append('r');
      default -> {
        out.append('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt(c >> shift & 0xf));
        }
      }
    }
  }

  /** JSON has no way to write NaN and infinity; they go as text. */
  private static boolean isFinite(Object value) {
    return value instanceof BigDecimal
        || value instanceof BigInteger
        || value instanceof Number number && Double.isFinite(number.doubleValue());
  }
}
