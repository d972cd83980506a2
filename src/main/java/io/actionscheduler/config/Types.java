package io.actionscheduler.config;

import io.actionscheduler.text.DidYouMean;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of value that settings have. */
final class Types {
  static final Type<String> TEXT = text -> text;

  static final Type<String> NAME =
      text -> {
        if (text.isBlank()) {
          throw new Refused("is empty", "text");
        }
        return text.strip();
      };

  static final Type<Boolean> FLAG =
      text ->
          switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "y", "t", "1" -> true;
            case "false", "no", "off", "n", "f", "0" -> false;
            default -> throw new Refused("is neither true nor false", "true, false");
          };

  static final Type<ZoneId> ZONE =
      text -> {
        String name = text.strip();
        if (name.equalsIgnoreCase("system")) {
          return ZoneId.systemDefault();
        }
        try {
          return ZoneId.of(name);
        } catch (DateTimeException e) {
          throw new Refused(
              "is no time zone" + DidYouMean.hint(name, ZoneId.getAvailableZoneIds()),
              "system, UTC, a name such as Europe/Berlin, an offset such as +03:00");
        }
      };

  static final Type<Path> FOLDER =
      text -> {
        try {
          return Path.of(NAME.read(text));
        } catch (InvalidPathException e) {
          throw new Refused("is no path: " + e.getReason(), "a folder");
        }
      };

  static final Type<Double> FACTOR =
      text -> {
        try {
          double factor = Double.parseDouble(text.strip());
          if (factor >= 1 && factor <= 1000) {
            return factor;
          }
        } catch (NumberFormatException e) {
          // told below, like a number out of range
        }
        throw new Refused("is not a factor", "a number from 1 to 1000");
      };

  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
  private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9]+");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,9})?");
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d|w)");

  private Types() {}

  static Type<Long> whole(long least, long most) {
    String range =
        most == Long.MAX_VALUE
            ? "a whole number of " + least + " or more"
            : "a whole number from " + least + " to " + most;
    return text -> {
      String number = text.strip();
      if (LEADING_ZERO.matcher(number).matches()) {
        throw new Refused("begins with 0, which YAML reads as octal", range + ", without the 0");
      }
      if (!WHOLE.matcher(number).matches()) {
        throw new Refused("is not a whole number", range);
      }
      try {
        long value = Long.parseLong(number);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        // told below: more digits than any range has
      }
      throw new Refused("is out of range", range);
    };
  }

  static Type<Integer> integer(int least, int most) {
    Type<Long> whole = whole(least, most);
    return text -> whole.read(text).intValue();
  }

  /** One of {@code words}, in any letter case. */
  static Type<String> oneOf(String... words) {
    List<String> known = List.of(words);
    return text -> {
      for (String word : known) {
        if (word.equalsIgnoreCase(text.strip())) {
          return word;
        }
      }
      throw new Refused(
          "is unknown" + DidYouMean.hint(text.strip(), known), String.join(", ", known));
    };
  }

  /** A value, or the word {@code none}. */
  static <T> Type<Optional<T>> orNone(Type<T> type) {
    return text ->
        text.strip().equalsIgnoreCase("none") ? Optional.empty() : Optional.of(type.read(text));
  }

  /** Seconds as a number, or a number with its unit, one or several: {@code 1h30m}. */
  static Type<Duration> duration(Duration least) {
    String allowed =
        "seconds as a number, or with units (ms s m h d w) such as 30s, 24h, 1h30m"
            + (least.isZero() ? "" : "; " + least.toSeconds() + " s or more");
    return text -> {
      Duration span = span(text.strip()).orElseThrow(() -> new Refused("is no time span", allowed));
      if (span.compareTo(least) < 0) {
        throw new Refused("is too short", allowed);
      }
      if (span.toDays() > 36_500) {
        throw new Refused("is too long", allowed + "; 100 years at most");
      }
      return span;
    };
  }

  private static Optional<Duration> span(String text) {
    if (SECONDS.matcher(text).matches()) {
      int point = text.indexOf('.');
      return Optional.of(
          point < 0
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.ofSeconds(
                  Long.parseLong(text.substring(0, point)),
                  Long.parseLong((text.substring(point + 1) + "00000000").substring(0, 9))));
    }
    Duration sum = Duration.ZERO;
    Matcher part = SPAN.matcher(text);
    int end = 0;
    while (part.find() && part.start() == end) {
      sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
      end = part.end();
    }
    return end > 0 && end == text.length() ? Optional.of(sum) : Optional.empty();
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
