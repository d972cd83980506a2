package io.actionscheduler.zone;

/** Versions of the time zone database: a year and a letter, {@code 2026f}. */
final class ZoneVersion {
  static final String UNKNOWN = "unknown";

  private static final int LENGTH = 5;

  private ZoneVersion() {}

  /**
   * The version that {@code text} begins with, or {@link #UNKNOWN}. What packagers put behind it
   * ({@code 2026f-dirty}, {@code 2026fgtz}) says nothing of age.
   */
  static String of(String text) {
    String form = text.strip();
    if (form.length() < LENGTH) {
      return UNKNOWN;
    }
    for (int i = 0; i < LENGTH; i++) {
      char one = form.charAt(i);
      boolean fits = i < LENGTH - 1 ? one >= '0' && one <= '9' : one >= 'a' && one <= 'z';
      if (!fits) {
        return UNKNOWN;
      }
    }
    return form.substring(0, LENGTH);
  }

  /** Whether {@code one} is the later version; one that is unknown is no later than any other. */
  static boolean isLater(String one, String other) {
    return !one.equals(UNKNOWN) && (other.equals(UNKNOWN) || one.compareTo(other) > 0);
  }
}
