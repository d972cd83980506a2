package io.actionscheduler.zone;

import io.actionscheduler.zone.PosixRule.Second;
import io.actionscheduler.zone.PosixRule.Turn;
import io.actionscheduler.zone.PosixRule.Way;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads rules in the form of POSIX's variable TZ: {@code CET-1CEST,M3.5.0,M10.5.0/3}. */
final class PosixText {
  private static final String NAME = "(?:<[A-Za-z0-9+-]+>|[A-Za-z]{3,})";
  private static final String TIME = "([+-]?)(\\d{1,3})(?::(\\d{1,2}))?(?::(\\d{1,2}))?";
  private static final Pattern FORM =
      Pattern.compile(
          NAME
              + "(?<std>"
              + plain()
              + ")(?:"
              + NAME
              + "(?<dst>"
              + plain()
              + ")?(?:,(?<begin>[^,]+),(?<end>[^,]+))?)?");
  private static final Pattern CLOCK = Pattern.compile(TIME);
  private static final Pattern TURN =
      Pattern.compile("(?:M(\\d{1,2})\\.(\\d)\\.(\\d)|J(\\d{1,3})|(\\d{1,3}))(?:/(.+))?");
  private static final int TWO = 2 * 3600;

  /** What POSIX leaves to the system; every one takes the rule of the United States. */
  private static final String USUAL_BEGIN = "M3.2.0";

  private static final String USUAL_END = "M11.1.0";

  private PosixText() {}

  private static String plain() {
    return "[+-]?\\d{1,3}(?::\\d{1,2}){0,2}";
  }

  /** The rule, or empty when {@code text} is none. */
  static Optional<PosixRule> read(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(-clock(parts.group("std"), 24));
      boolean two = !text.substring(0, parts.end("std")).equals(text);
      if (!two) {
        return Optional.of(new PosixRule(offset, Optional.empty()));
      }
      String given = parts.group("dst");
      ZoneOffset other =
          ZoneOffset.ofTotalSeconds(
              given == null ? offset.getTotalSeconds() + 3600 : -clock(given, 24));
      boolean when = parts.group("begin") != null;
      return Optional.of(
          new PosixRule(
              offset,
              Optional.of(
                  new Second(
                      other,
                      turn(when ? parts.group("begin") : USUAL_BEGIN),
                      turn(when ? parts.group("end") : USUAL_END)))));
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      return Optional.empty(); // an offset, a time or a day out of its range
    }
  }

  private static Turn turn(String text) {
    Matcher parts = TURN.matcher(text);
    check(parts.matches());
    int seconds = parts.group(6) == null ? TWO : clock(parts.group(6), 167);
    if (parts.group(1) != null) {
      return new Turn(
          Way.WEEKDAY,
          within(parts.group(1), 1, 12),
          within(parts.group(2), 1, 5),
          within(parts.group(3), 0, 6),
          0,
          seconds);
    }
    return parts.group(4) != null
        ? new Turn(Way.DAY_BUT_LEAP, 0, 0, 0, within(parts.group(4), 1, 365), seconds)
        : new Turn(Way.DAY_FROM_ZERO, 0, 0, 0, within(parts.group(5), 0, 365), seconds);
  }

  /** Seconds of a time such as {@code -2:30}. */
  private static int clock(String text, int mostHours) {
    Matcher parts = CLOCK.matcher(text);
    check(parts.matches());
    int seconds =
        within(parts.group(2), 0, mostHours) * 3600
            + (parts.group(3) == null ? 0 : within(parts.group(3), 0, 59) * 60)
            + (parts.group(4) == null ? 0 : within(parts.group(4), 0, 59));
    return parts.group(1).equals("-") ? -seconds : seconds;
  }

  private static int within(String digits, int least, int most) {
    int number = Integer.parseInt(digits);
    check(number >= least && number <= most);
    return number;
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("out of range");
    }
  }
}
