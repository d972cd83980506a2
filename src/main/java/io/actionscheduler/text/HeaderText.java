package io.actionscheduler.text;

import java.nio.charset.StandardCharsets;

/** Values of HTTP headers. */
public final class HeaderText {
  private HeaderText() {}

  /**
   * {@code value} as a header can hold it: control characters as spaces, what is not ASCII as in a
   * URL, in UTF-8 as %XX.
   */
  public static String of(String value) {
    StringBuilder out = new StringBuilder(value.length());
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      if (each >= ' ' && each < 0x7f) {
        out.append((char) each);
      } else if (each >= 0) {
        out.append(' ');
      } else {
        out.append('%').append(String.format("%02X", each));
      }
    }
    return out.toString().strip();
  }
}
