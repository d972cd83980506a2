package io.actionscheduler.text;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them in settings. */
public final class TimeSpan {
  /** For messages. */
  public static final String ALLOWED =
      "seconds as a number, or with units (ms s m h d) such as 500ms, 30s, 1h30m";

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private TimeSpan() {}

  /** {@code 30}, {@code 30s}, {@code 1h30m}; empty when {@code text} is none of these. */
  public static Optional<Duration> read(String text) {
    String span = text.strip();
    if (SECONDS.matcher(span).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(span)));
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(span);
    int end = 0;
    while (part.find() && part.start() == end) {
      sum = sum.plus(span(Long.parseLong(part.group(1)), part.group(2)));
      end = part.end();
    }
    return end > 0 && end == span.length() ? Optional.of(sum) : Optional.empty();
  }

  private static Duration span(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> throw new IllegalArgumentException("no unit: " + unit);
    };
  }
}
