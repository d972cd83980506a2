package io.actionscheduler.config;

import io.actionscheduler.schedule.OddCharacters;
import io.actionscheduler.text.DidYouMean;
import io.actionscheduler.text.TimeSpan;
import io.actionscheduler.zone.ZoneChoice;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

  /** The value of {@link #FLAG} that {@code text} is; empty where it is none. */
  static Optional<Boolean> flag(String text) {
    try {
      return Optional.of(FLAG.read(text));
    } catch (Refused e) {
      return Optional.empty();
    }
  }

  static final Type<ZoneId> ZONE =
      text -> {
        String name = text.strip();
        if (name.equalsIgnoreCase("system")) {
          return ZoneId.systemDefault();
        }
        try {
          return ZoneId.of(name);
        } catch (DateTimeException e) {
          Optional<String> odd = OddCharacters.namedInOneWord(name);
          throw new Refused(
              "is not a time zone"
                  + odd.map(what -> ": " + what)
                      .orElseGet(() -> DidYouMean.hint(name, ZoneId.getAvailableZoneIds())),
              "system, UTC, a name such as Europe/Berlin, an offset such as +03:00");
        }
      };

  private static final List<String> ZONE_SOURCES =
      List.of(ZoneChoice.NEWEST, ZoneChoice.SYSTEM, ZoneChoice.BUNDLED, ZoneChoice.JDK);

  static final Type<String> ZONE_DATA =
      text -> {
        String wanted = text.strip();
        for (String source : ZONE_SOURCES) {
          if (source.equalsIgnoreCase(wanted)) {
            return source;
          }
        }
        if (wanted.isEmpty() || !Files.isDirectory(path(wanted, "a folder"))) {
          throw new Refused(
              "is not a folder" + DidYouMean.hint(wanted, ZONE_SOURCES),
              String.join(", ", ZONE_SOURCES) + ", or a folder with time zones");
        }
        return wanted;
      };

  static final Type<Path> FOLDER = text -> path(NAME.read(text), "a folder");
  static final Type<Path> FILE = text -> path(NAME.read(text), "a file");

  static final Type<Double> FACTOR =
      text -> {
        try {
          double factor = Double.parseDouble(text.strip());
          if (factor >= 1 && factor <= 1000) {
            return factor;
          }
        } catch (NumberFormatException e) {
          // reported below, like a number out of range
        }
        throw new Refused("is not a factor", "a number from 1 to 1000");
      };

  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
  private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9]+");

  private Types() {}

  /** Reads a path, which cannot contain some characters, such as NUL. */
  private static Path path(String text, String allowed) throws Refused {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new Refused("is not a path: " + e.getReason(), allowed);
    }
  }

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
        // reported below: more digits than any range has
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
        TimeSpan.ALLOWED + (least.isZero() ? "" : "; " + least.toSeconds() + " s or more");
    return text -> {
      Duration span =
          TimeSpan.read(text).orElseThrow(() -> new Refused("is not a time span", allowed));
      if (span.compareTo(least) < 0) {
        throw new Refused("is too short", allowed);
      }
      if (span.toDays() > 36_500) {
        throw new Refused("is too long", allowed + "; 100 years at most");
      }
      return span;
    };
  }
}
