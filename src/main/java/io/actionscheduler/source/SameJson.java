package io.actionscheduler.source;

/** Finds out without parsing that two JSON texts differ only in the spaces between tokens. */
final class SameJson {
  private SameJson() {}

  /**
   * Whether {@code written} is {@code compact}, with white space put in beside brackets, commas and
   * colons. False means unknown: the two may still be equal JSON.
   */
  static boolean spaced(String written, String compact) {
    if (written.equals(compact)) {
      return true;
    }
    if (!compact.startsWith("{") || written.length() < compact.length()) {
      return false;
    }
    boolean inString = false;
    int c = 0;
    for (int w = 0; w < written.length(); w++) {
      char have = written.charAt(w);
      if (c < compact.length() && have == compact.charAt(c)) {
        if (inString && have == '\\') { // what follows it is no end of the string
          if (w + 1 >= written.length()
              || c + 1 >= compact.length()
              || written.charAt(w + 1) != compact.charAt(c + 1)) {
            return false;
          }
          w++;
          c++;
        } else if (have == '"') {
          inString = !inString;
        }
        c++;
      } else if (inString || !isSpace(have) || !besideStructure(compact, c)) {
        return false;
      }
    }
    return c == compact.length();
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /** At other places, a space would split a number or a word. */
  private static boolean besideStructure(String compact, int at) {
    return at == 0
        || at == compact.length()
        || "{}[],:\"".indexOf(compact.charAt(at - 1)) >= 0
        || "{}[],:\"".indexOf(compact.charAt(at)) >= 0;
  }
}
