package io.actionscheduler.zone;

import io.actionscheduler.zone.PosixRule.Second;
import io.actionscheduler.zone.PosixRule.Turn;
import io.actionscheduler.zone.PosixRule.Way;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Reads rules in the form of POSIX's variable TZ: {@code CET-1CEST,M3.5.0,M10.5.0/3}. It reads
 * character by character, because every start reads some rules and a regular expression would take
 * longer to compile than to match.
 */
final class PosixText {
  private static final int TWO = 2 * 3600;
  private static final int LONGEST_TURN = 167;
  private static final int LONGEST_OFFSET = 24;

  /** For a rule without turns, which POSIX leaves to the system: usually those of the US. */
  private static final String USUAL_TURNS = ",M3.2.0,M11.1.0";

  private final String text;
  private int at;

  private PosixText(String text) {
    this.text = text;
  }

  /** The rule, or empty when {@code text} is none. */
  static Optional<PosixRule> read(String text) {
    try {
      return Optional.of(new PosixText(text).rule());
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty(); // another form; an offset, a time or a day out of its range
    }
  }

  private PosixRule rule() {
    name();
    ZoneOffset offset = offset();
    if (at == text.length()) {
      return new PosixRule(offset, Optional.empty());
    }
    name();
    boolean stated = at < text.length() && !isNext(',');
    ZoneOffset other =
        stated ? offset() : ZoneOffset.ofTotalSeconds(offset.getTotalSeconds() + 3600);
    Second second = at < text.length() ? turns(other) : new PosixText(USUAL_TURNS).turns(other);
    return new PosixRule(offset, Optional.of(second));
  }

  /** Skips a name: letters, or letters, digits and signs in angle brackets. */
  private void name() {
    int start = at;
    boolean quoted = take('<');
    while (at < text.length() && isOfName(text.charAt(at), quoted)) {
      at++;
    }
    check(quoted ? at > start + 1 && take('>') : at >= start + 3);
  }

  private static boolean isOfName(char one, boolean quoted) {
    return one >= 'a' && one <= 'z'
        || one >= 'A' && one <= 'Z'
        || quoted && (isDigit(one) || one == '+' || one == '-');
  }

  /** The text has the opposite sign of a ZoneOffset: positive is west of Greenwich. */
  private ZoneOffset offset() {
    return ZoneOffset.ofTotalSeconds(-time(LONGEST_OFFSET));
  }

  private Second turns(ZoneOffset other) {
    check(take(','));
    Turn begins = turn();
    check(take(','));
    Turn ends = turn();
    check(at == text.length());
    return new Second(other, begins, ends);
  }

  private Turn turn() {
    if (take('M')) {
      int month = number(2, 1, 12);
      check(take('.'));
      int week = number(1, 1, 5);
      check(take('.'));
      int weekday = number(1, 0, 6);
      return new Turn(Way.WEEKDAY, month, week, weekday, 0, secondsOfTurn());
    }
    boolean leap = !take('J');
    int day = number(3, leap ? 0 : 1, 365);
    return new Turn(leap ? Way.DAY_FROM_ZERO : Way.DAY_BUT_LEAP, 0, 0, 0, day, secondsOfTurn());
  }

  private int secondsOfTurn() {
    return take('/') ? time(LONGEST_TURN) : TWO;
  }

  /** Seconds of a time such as {@code -2:30}. */
  private int time(int mostHours) {
    boolean negative = take('-');
    if (!negative) {
      take('+');
    }
    int seconds = number(3, 0, mostHours) * 3600;
    if (take(':')) {
      seconds += number(2, 0, 59) * 60;
      if (take(':')) {
        seconds += number(2, 0, 59);
      }
    }
    return negative ? -seconds : seconds;
  }

  private int number(int mostDigits, int least, int most) {
    int start = at;
    int number = 0;
    while (at < text.length() && isDigit(text.charAt(at))) {
      number = number * 10 + text.charAt(at) - '0';
      at++;
      check(at - start <= mostDigits);
    }
    check(at > start && number >= least && number <= most);
    return number;
  }

  private static boolean isDigit(char one) {
    return one >= '0' && one <= '9';
  }

  private boolean isNext(char one) {
    return at < text.length() && text.charAt(at) == one;
  }

  private boolean take(char one) {
    boolean next = isNext(one);
    at += next ? 1 : 0;
    return next;
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("no rule of a time zone");
    }
  }
}
