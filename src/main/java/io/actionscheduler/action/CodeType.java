package io.actionscheduler.action;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The types of callbacks that run code which an action brings along in its parameters. */
public enum CodeType {
  SHELL_SCRIPT,
  PYTHON_CODE,
  NUMBER_CRUNCHING;

  private static final List<String> NAMES =
      Arrays.stream(values()).map(CodeType::toString).toList();

  /** All of them as they are written in settings. */
  public static List<String> names() {
    return NAMES;
  }

  /** Whether callbacks of {@code type} run code. */
  public static boolean isOne(String type) {
    return NAMES.contains(type);
  }

  /**
   * As it is written in settings, {@code python_code}; also the name of the callback of this type
   * where the settings declare none.
   */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
