package io.actionscheduler.schedule;

import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Dates in English. */
final class DateWords {
  static final String EVERY_DAY = "every day";

  private static final int LAST_WEEK = 53;

  private DateWords() {}

  static String of(DateRule rule) {
    String months = "";
    if (rule.months() != DateRule.EVERY_MONTH) {
      List<Integer> numbers = NumberWords.numbers(Integer.toUnsignedLong(rule.months()));
      months = " in " + NumberWords.list(numbers, DateWords::month);
    }
    return days(rule) + months + weeks(rule.weeks()) + years(rule.years());
  }

  private static String days(DateRule rule) {
    boolean anyDay = rule.days().isEveryDay();
    boolean anyWeekday = rule.weekdays().isEveryDay();
    if (anyDay && anyWeekday || rule.either() && (anyDay || anyWeekday)) {
      return EVERY_DAY;
    }
    if (anyDay || anyWeekday) {
      return DayWords.of(anyDay ? rule.weekdays() : rule.days());
    }
    String both = DayWords.of(rule.days());
    String other = DayWords.of(rule.weekdays());
    return rule.either() ? both + " or " + other : both + ", only " + other;
  }

  private static String weeks(long weeks) {
    if (weeks == DateRule.EVERY_WEEK) {
      return "";
    }
    List<Integer> numbers = new ArrayList<>(NumberWords.numbers(weeks));
    numbers.removeIf(week -> week > LAST_WEEK);
    return " in ISO weeks " + NumberWords.list(numbers, Integer::toString);
  }

  /** All years are named where they go on without an end that matters: 1970, at least a century. */
  private static String years(Years years) {
    if (years.equals(Years.ALL) || years.chosen().isEmpty() && isWide(years)) {
      return "";
    }
    List<Integer> numbers = new ArrayList<>();
    for (int year = years.first(); year <= years.last(); year++) {
      if (years.contains(year)) {
        numbers.add(year);
      }
    }
    int step = NumberWords.step(numbers);
    return step > 0
        ? " in every %s year from %d to %d"
            .formatted(NumberWords.ordinal(step), years.first(), years.last())
        : " in " + NumberWords.list(numbers, Integer::toString);
  }

  private static boolean isWide(Years years) {
    return years.first() <= 1970 && years.last() >= 2100;
  }

  private static String month(int month) {
    return java.time.Month.of(month + 1).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }
}
