package io.actionscheduler.text;

/** Text of others, as messages and logs show it: on one line, whatever it holds. */
public final class Quoted {
  private static final int LONGEST = 200;

  private Quoted() {}

  /** In double quotes, control characters escaped, cut where it is long. */
  public static String quote(String text) {
    boolean cut = text.length() > LONGEST;
    int end = cut && Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return cut
        ? "\"" + escape(text.substring(0, end)) + "…\" (" + text.length() + " characters)"
        : "\"" + escape(text) + "\"";
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
