package io.actionscheduler.zone;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneOffsetTransitionRule.TimeDefinition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A rule in the form of POSIX's variable TZ, which TZif files have at their end, too: an offset, or
 * two of them and when each begins in a year. Saving may be negative, times of day go from -167 to
 * 167 hours.
 *
 * @param offset of the first name: what counts where there is no second
 * @param second the other offset with its begin and end, or empty for a clock that never changes
 */
record PosixRule(ZoneOffset offset, Optional<Second> second) {

  /** A change that is not a date of the Gregorian calendar's rules is listed up to this year. */
  private static final int LISTED_UNTIL = 2442;

  /** A rule without a beginning is applied from here on. */
  private static final int FIRST_YEAR = 1900;

  /**
   * The second offset of a year.
   *
   * @param begins by the clock of the first offset
   * @param ends by the clock of the second
   */
  record Second(ZoneOffset offset, Turn begins, Turn ends) {}

  /** A day of the year, by one of three ways of naming it. */
  enum Way {
    /** A weekday of a week of a month; week 5 is the last one. */
    WEEKDAY,
    /** A day from 1 to 365; 29 February has no number. */
    DAY_BUT_LEAP,
    /** A day from 0 to 365; 29 February counts. */
    DAY_FROM_ZERO
  }

  /**
   * When the clock changes.
   *
   * @param weekday 0 is Sunday
   * @param day of the year, for the ways that count days
   * @param seconds from midnight on, back or ahead
   */
  record Turn(Way way, int month, int week, int weekday, int day, int seconds) {

    /** The local moment in {@code year}, in seconds like those of the epoch. */
    long local(int year) {
      return date(year).toEpochDay() * 86_400 + seconds;
    }

    private LocalDate date(int year) {
      return switch (way) {
        case WEEKDAY -> {
          LocalDate first = LocalDate.of(year, month, 1);
          int ahead = Math.floorMod(weekday - first.getDayOfWeek().getValue(), 7);
          int day = 1 + ahead + 7 * (week - 1);
          yield first.withDayOfMonth(day > first.lengthOfMonth() ? day - 7 : day);
        }
        case DAY_BUT_LEAP -> LocalDate.of(2001, 1, 1).plusDays(day - 1L).withYear(year);
        case DAY_FROM_ZERO -> LocalDate.of(year, 1, 1).plusDays(day);
      };
    }

    /**
     * The same for java.time, whose rules count from a day of a month, or back from its end; empty
     * where that differs from year to year.
     */
    Optional<ZoneOffsetTransitionRule> rule(
        ZoneOffset standard, ZoneOffset before, ZoneOffset after) {
      int shift = Math.floorDiv(seconds, 86_400);
      LocalTime time = LocalTime.ofSecondOfDay(Math.floorMod(seconds, 86_400));
      return switch (way) {
        case WEEKDAY -> {
          int length = Month.of(month).minLength();
          boolean fromEnd = week == 5 && month == 2;
          int from =
              (fromEnd ? -1 : week == 5 ? length - 6 : 7 * week - 6)
                  + (fromEnd ? Math.min(shift, 0) : shift);
          boolean inMonth = fromEnd ? shift <= 0 && from >= -28 : from >= 1 && from <= length;
          DayOfWeek day = dayOfWeek(weekday).plus(shift);
          yield inMonth
              ? Optional.of(rule(Month.of(month), from, day, time, standard, before, after))
              : Optional.empty();
        }
        case DAY_BUT_LEAP -> {
          LocalDate date = LocalDate.of(2001, 1, 1).plusDays(day - 1L);
          yield shift == 0
              ? Optional.of(
                  rule(date.getMonth(), date.getDayOfMonth(), null, time, standard, before, after))
              : Optional.empty();
        }
        case DAY_FROM_ZERO -> Optional.empty();
      };
    }

    private static ZoneOffsetTransitionRule rule(
        Month month,
        int day,
        DayOfWeek weekday,
        LocalTime time,
        ZoneOffset standard,
        ZoneOffset before,
        ZoneOffset after) {
      return ZoneOffsetTransitionRule.of(
          month, day, weekday, time, false, TimeDefinition.WALL, standard, before, after);
    }

    private static DayOfWeek dayOfWeek(int fromSunday) {
      return DayOfWeek.SUNDAY.plus(fromSunday);
    }
  }

  /** The lower of both offsets: java.time counts it as standard, whatever the rule calls it. */
  ZoneOffset standard() {
    boolean lower =
        second.isPresent() && second.get().offset().getTotalSeconds() < offset.getTotalSeconds();
    return lower ? second.get().offset() : offset;
  }

  /** The offset where the clock never changes, as some rules of two offsets turn out. */
  Optional<ZoneOffset> fixed() {
    if (second.isEmpty() || second.get().offset().equals(offset)) {
      return Optional.of(offset);
    }
    boolean always = true; // the second
    boolean never = true;
    for (int year = 2000; year < 2028 && (always || never); year++) {
      always &= end(year) == begin(year + 1);
      never &= begin(year) == end(year);
    }
    return always
        ? Optional.of(second.get().offset())
        : never ? Optional.of(offset) : Optional.empty();
  }

  /** The changes of both kinds as rules of java.time; empty where these cannot say it. */
  Optional<List<ZoneOffsetTransitionRule>> yearly() {
    Second other = second.orElseThrow();
    Optional<ZoneOffsetTransitionRule> begins =
        other.begins().rule(standard(), offset, other.offset());
    Optional<ZoneOffsetTransitionRule> ends = other.ends().rule(standard(), other.offset(), offset);
    if (begins.isEmpty() || ends.isEmpty()) {
      return Optional.empty();
    }
    boolean ordered = begin(2001) <= end(2001);
    return Optional.of(
        ordered ? List.of(begins.get(), ends.get()) : List.of(ends.get(), begins.get()));
  }

  /** The offsets from one year to another, by the moment at which they begin. */
  TreeMap<Long, ZoneOffset> changes(int from, int upTo) {
    TreeMap<Long, ZoneOffset> changes = new TreeMap<>();
    for (int year = from; year <= upTo; year++) {
      // Where one ends as the next begins, the beginning counts: put last.
      changes.put(end(year), offset);
      changes.put(begin(year), second.orElseThrow().offset());
      if (end(year) == begin(year)) {
        changes.put(end(year), offset);
      }
    }
    return changes;
  }

  /** The same, all that are not in {@link #yearly()}. */
  TreeMap<Long, ZoneOffset> listed(int from) {
    return changes(from, LISTED_UNTIL);
  }

  /** The rules of a zone that has this rule from the beginning on. */
  ZoneRules rules() {
    if (fixed().isPresent()) {
      return ZoneRules.of(fixed().get());
    }
    Optional<List<ZoneOffsetTransitionRule>> yearly = yearly();
    TreeMap<Long, ZoneOffset> explicit =
        yearly.isPresent() ? changes(FIRST_YEAR, FIRST_YEAR) : listed(FIRST_YEAR);
    // What came before the first change is what that one ends.
    ZoneOffset before =
        explicit.firstEntry().getValue().equals(offset) ? second.orElseThrow().offset() : offset;
    return ZoneRules.of(
        standard(), before, List.of(), transitions(before, explicit), yearly.orElse(List.of()));
  }

  static List<ZoneOffsetTransition> transitions(
      ZoneOffset first, TreeMap<Long, ZoneOffset> changes) {
    List<ZoneOffsetTransition> transitions = new ArrayList<>();
    ZoneOffset before = first;
    for (var change : changes.entrySet()) {
      ZoneOffset after = change.getValue();
      if (!after.equals(before)) {
        transitions.add(
            ZoneOffsetTransition.of(
                LocalDateTime.ofEpochSecond(change.getKey(), 0, before), before, after));
        before = after;
      }
    }
    return transitions;
  }

  private long begin(int year) {
    return second.orElseThrow().begins().local(year) - offset.getTotalSeconds();
  }

  private long end(int year) {
    Second other = second.orElseThrow();
    return other.ends().local(year) - other.offset().getTotalSeconds();
  }
}
