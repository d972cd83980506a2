package io.actionscheduler.template;

import java.nio.charset.StandardCharsets;

/**
 * Where a text goes, and so how values are written into it. What the template itself says stays.
 */
public enum Escape {
  /** As they are. */
  PLAIN,
  /** Inside the quotes of a JSON string, in ASCII. */
  JSON,
  /** As one component of a URL: everything but letters, digits and {@code -._~} in UTF-8 as %XX. */
  URL,
  /** In a header: control characters become spaces, so that no value can begin another line. */
  HEADER;

  void append(StringBuilder out, String value) {
    switch (this) {
      case PLAIN -> out.append(value);
      case JSON -> JsonText.appendEscaped(out, value);
      case URL -> appendComponent(out, value);
      case HEADER -> appendLine(out, value);
    }
  }

  private static void appendComponent(StringBuilder out, String value) {
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
        out.append(c);
      } else if (c == '-' || c == '.' || c == '_' || c == '~') {
        out.append(c);
      } else {
        out.append('%');
        out.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        out.append(Character.toUpperCase(Character.forDigit(c & 0xf, 16)));
      }
    }
  }

  private static void appendLine(StringBuilder out, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean breaks = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
      out.append(breaks ? ' ' : c);
    }
  }
}
