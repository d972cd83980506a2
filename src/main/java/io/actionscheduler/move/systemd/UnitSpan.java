package io.actionscheduler.move.systemd;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads spans of time of systemd, such as {@code 1h 30min} and {@code 90}. */
final class UnitSpan {
  private static final Pattern PART = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*([a-zA-Zµμ]*)");
  private static final Map<String, String> SECONDS =
      Map.ofEntries(
          Map.entry("us", "0.000001"),
          Map.entry("usec", "0.000001"),
          Map.entry("µs", "0.000001"),
          Map.entry("μs", "0.000001"),
          Map.entry("ms", "0.001"),
          Map.entry("msec", "0.001"),
          Map.entry("", "1"),
          Map.entry("s", "1"),
          Map.entry("sec", "1"),
          Map.entry("second", "1"),
          Map.entry("seconds", "1"),
          Map.entry("m", "60"),
          Map.entry("min", "60"),
          Map.entry("minute", "60"),
          Map.entry("minutes", "60"),
          Map.entry("h", "3600"),
          Map.entry("hr", "3600"),
          Map.entry("hour", "3600"),
          Map.entry("hours", "3600"),
          Map.entry("d", "86400"),
          Map.entry("day", "86400"),
          Map.entry("days", "86400"),
          Map.entry("w", "604800"),
          Map.entry("week", "604800"),
          Map.entry("weeks", "604800"),
          Map.entry("M", "2629800"),
          Map.entry("month", "2629800"),
          Map.entry("months", "2629800"),
          Map.entry("y", "31557600"),
          Map.entry("year", "31557600"),
          Map.entry("years", "31557600"));

  private UnitSpan() {}

  /** The span in seconds; empty if it is not a span, or is {@code infinity}. */
  static Optional<BigDecimal> seconds(String text) {
    Matcher part = PART.matcher(text);
    BigDecimal sum = BigDecimal.ZERO;
    int end = 0;
    while (end < text.length() && part.find() && part.start() == end) {
      String unit = SECONDS.get(part.group(2));
      if (unit == null) {
        return Optional.empty();
      }
      sum = sum.add(new BigDecimal(part.group(1)).multiply(new BigDecimal(unit)));
      end = part.end();
    }
    return end == 0 || !text.substring(end).isBlank()
        ? Optional.empty()
        : Optional.of(sum.stripTrailingZeros());
  }
}
