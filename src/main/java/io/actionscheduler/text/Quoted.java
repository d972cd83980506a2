package io.actionscheduler.text;

import io.actionscheduler.schedule.OddCharacters;

/** Foreign text, as messages and logs show it: always on one line. */
public final class Quoted {
  private static final int LONGEST = 200;

  private Quoted() {}

  /**
   * In double quotes, cut where it is long; what cannot be seen, such as control characters and
   * no-break spaces, is escaped.
   */
  public static String quote(String text) {
    boolean cut = text.length() > LONGEST;
    int end = cut && Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return cut
        ? "\"" + visible(text.substring(0, end)) + "…\" (" + text.length() + " characters)"
        : "\"" + visible(text) + "\"";
  }

  /** As {@link #escape}, and spaces other than the plain one and characters without a form, too. */
  public static String visible(String text) {
    String escaped = escape(text);
    if (escaped.codePoints().noneMatch(c -> c > 0x7f && OddCharacters.isUnseen(c))) {
      return escaped;
    }
    StringBuilder out = new StringBuilder();
    escaped
        .codePoints()
        .forEach(
            c -> {
              if (OddCharacters.isUnseen(c)) {
                for (char unit : Character.toChars(c)) {
                  out.append(String.format("\\u%04x", (int) unit));
                }
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  /** Control characters, line and paragraph separators as {@code \n} or {@code \\u001b}. */
  public static String escape(String text) {
    StringBuilder out = null; // made for the rare text that needs it
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isControl(c)) {
        if (out != null) {
          out.append(c);
        }
        continue;
      }
      if (out == null) {
        out = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(String.format("\\u%04x", (int) c));
      }
    }
    return out == null ? text : out.toString();
  }

  private static boolean isControl(char c) {
    return c < ' ' || c >= 0x7f && c < 0xa0 || c == '\u2028' || c == '\u2029';
  }
}
