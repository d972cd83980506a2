package io.actionscheduler.text;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them in settings. */
public final class TimeSpan {
  /** For messages. */
  public static final String ALLOWED =
      "seconds as a number, or with units (ms s m h d w) such as 30s, 24h, 1h30m";

  private static final Pattern SECONDS = Pattern.compile("([0-9]{1,12})(?:\\.([0-9]{1,9}))?");
  private static final Pattern PART = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d|w)");

  private TimeSpan() {}

  /**
   * {@code 30}, {@code 0.5}, {@code 30s}, {@code 1h30m}; empty when {@code text} is none of these.
   */
  public static Optional<Duration> read(String text) {
    String span = text.strip();
    Matcher seconds = SECONDS.matcher(span);
    if (seconds.matches()) {
      String fraction = Optional.ofNullable(seconds.group(2)).orElse("") + "000000000";
      return Optional.of(
          Duration.ofSeconds(
              Long.parseLong(seconds.group(1)), Long.parseLong(fraction.substring(0, 9))));
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(span);
    int end = 0;
    while (part.find() && part.start() == end) {
      sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
      end = part.end();
    }
    return end > 0 && end == span.length() ? Optional.of(sum) : Optional.empty();
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      case "w" -> Duration.ofDays(7);
      default -> throw new IllegalArgumentException("no unit: " + name);
    };
  }
}
