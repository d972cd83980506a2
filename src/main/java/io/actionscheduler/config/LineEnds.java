package io.actionscheduler.config;

import io.actionscheduler.text.Secrets;

/**
 * Line breaks at the end of values, as {@code echo secret | base64} leaves them in the secrets of
 * containers. They are left out, as shells do it, and never in silence.
 */
final class LineEnds {
  private static final String LEFT_OUT =
      "ends with a line break, which is left out; printf '%s' writes none, echo does";

  private LineEnds() {}

  /** The text without line breaks at its end. */
  static String without(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(0, end);
  }

  /** Warns if the variable that became a part of {@code setting} ends with a line break. */
  static void warn(Setting setting, Setting.Part part, Problems problems) {
    if (!without(part.value()).equals(part.value())) {
      problems.warn(
          setting.source(), setting.key(), "the variable " + part.name() + " " + LEFT_OUT);
    }
  }

  /** The setting without a line break at its end, if that cannot be meant, and with a warning. */
  static Setting cut(Setting setting, Problems problems) {
    String value = without(setting.value());
    if (value.equals(setting.value()) || !isUnwanted(setting, value)) {
      return setting;
    }
    problems.warn(setting.source(), setting.key(), LEFT_OUT);
    return new Setting(setting.key(), value, setting.source(), setting.literal(), setting.parts());
  }

  /**
   * In variables, line breaks at the end are never meant. In a file, the author of a block of text
   * sees them: only a secret of one line has none.
   */
  private static boolean isUnwanted(Setting setting, String value) {
    boolean oneLine = value.indexOf('\n') < 0 && !setting.key().contains(".properties.");
    return setting.source().rank() != Source.Rank.FILE
        || oneLine && Secrets.isSecret(setting.key());
  }
}
