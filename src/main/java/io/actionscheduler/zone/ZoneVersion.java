package io.actionscheduler.zone;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of the time zone database: a year and a letter, {@code 2026f}. */
final class ZoneVersion {
  static final String UNKNOWN = "unknown";

  /** What packagers put behind it ({@code 2026f-dirty}, {@code 2026fgtz}) says nothing of age. */
  private static final Pattern FORM = Pattern.compile("(\\d{4}[a-z]).*");

  /** Oldest first; what has no version comes before all that have one. */
  static final Comparator<String> ORDER =
      Comparator.comparing((String version) -> !version.equals(UNKNOWN))
          .thenComparing(Comparator.naturalOrder());

  private ZoneVersion() {}

  /** The version that {@code text} begins with, or {@link #UNKNOWN}. */
  static String of(String text) {
    Matcher form = FORM.matcher(text.strip());
    return form.matches() ? form.group(1) : UNKNOWN;
  }
}
