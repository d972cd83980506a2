package io.actionscheduler.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands a schedule in words as a reader would: whether it fires at a moment in UTC. */
final class SpokenSchedule {
  private static final String LIST = "((?:\\d+(?: to \\d+)?(?:, | and )?)+)";
  private static final List<String> ORDINALS =
      List.of("first", "second", "third", "fourth", "fifth");

  private final String words;

  SpokenSchedule(String words) {
    this.words = words;
  }

  boolean firesAt(LocalDateTime at) {
    if (words.equals("never")) {
      return false;
    }
    return isWithin(at.toInstant(ZoneOffset.UTC)) && isTime(at) && isDate(at.toLocalDate());
  }

  private boolean isWithin(Instant at) {
    Matcher from = Pattern.compile(", not before (\\S+Z)").matcher(words);
    Matcher until = Pattern.compile(", not after (\\S+Z)").matcher(words);
    return !(from.find() && at.isBefore(Instant.parse(from.group(1))))
        && !(until.find() && at.isAfter(Instant.parse(until.group(1))));
  }

  private boolean isTime(LocalDateTime at) {
    Matcher clock =
        Pattern.compile("^at ((?:\\d\\d:\\d\\d(?::\\d\\d)?(?:, | and )?)+)").matcher(words);
    if (clock.find()) {
      return List.of(clock.group(1).trim().split(", | and "))
              .contains(
                  (at.getSecond() == 0 ? "%02d:%02d" : "%02d:%02d:%02d")
                      .formatted(at.getHour(), at.getMinute(), at.getSecond()))
          || List.of(clock.group(1).trim().split(", | and "))
              .contains("%02d:%02d:%02d".formatted(at.getHour(), at.getMinute(), at.getSecond()));
    }
    boolean seconds = words.matches("^(every|at)( \\d+\\w*| every \\w+)? seconds? ?.*");
    return unit("second", at.getSecond(), seconds ? null : 0)
        && unit("minute", at.getMinute(), null)
        && unit("hour", at.getHour(), null);
  }

  /** Whether the words allow {@code value}; where they do not name the unit: {@code otherwise}. */
  private boolean unit(String unit, int value, Integer otherwise) {
    Matcher step = find("every (\\d+) " + unit + "s");
    if (step != null) {
      return value % Integer.parseInt(step.group(1)) == 0;
    }
    Matcher progression = find("every (\\d+)\\w\\w " + unit + " from (\\d+) to (\\d+)");
    if (progression != null) {
      int first = Integer.parseInt(progression.group(2));
      return value >= first
          && value <= Integer.parseInt(progression.group(3))
          && (value - first) % Integer.parseInt(progression.group(1)) == 0;
    }
    Matcher list = find("(?<!every )" + unit + "s? " + LIST);
    if (list != null) {
      return isIn(list.group(1), value);
    }
    return otherwise == null || otherwise == value;
  }

  private boolean isDate(LocalDate date) {
    Matcher progression = find("in every (\\d+)\\w\\w year from (\\d+) to (\\d+)");
    if (progression != null
        && (date.getYear() < Integer.parseInt(progression.group(2))
            || date.getYear() > Integer.parseInt(progression.group(3))
            || (date.getYear() - Integer.parseInt(progression.group(2)))
                    % Integer.parseInt(progression.group(1))
                != 0)) {
      return false;
    }
    Matcher years = find(" in ((?:\\d{4}(?: to \\d{4})?(?:, | and )?)+)");
    if (years != null && !isIn(years.group(1), date.getYear())) {
      return false;
    }
    Matcher weeks = find(" in ISO weeks " + LIST);
    if (weeks != null && !isIn(weeks.group(1), date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR))) {
      return false;
    }
    return isMonth(date) && isDay(date);
  }

  private boolean isMonth(LocalDate date) {
    String names =
        "January|February|March|April|May|June|July|August|September|October|November|December";
    Matcher months = find(" in ((?:(?:" + names + ")(?: to (?:" + names + "))?(?:, | and )?)+)");
    if (months == null) {
      return true;
    }
    String numbers = months.group(1);
    for (Month month : Month.values()) {
      numbers = numbers.replaceAll("(?i)" + month.name(), Integer.toString(month.getValue()));
    }
    return isIn(numbers, date.getMonthValue());
  }

  private boolean isDay(LocalDate date) {
    String days =
        words
            .replaceAll(", not (before|after) \\S+Z", "")
            .replaceAll(" in every \\d+\\w\\w year from.*", "")
            .replaceAll(" in \\d{4}.*| in ISO weeks.*", "")
            .replaceAll(
                " in (January|Feb|March|April|May|June|July|August|Sept|Oct|Nov|Dec).*", "");
    Matcher start = Pattern.compile(" (?=on |from [A-Z])").matcher(days);
    if (!start.find()) {
      return true;
    }
    days = days.substring(start.end());
    if (days.contains(", only ")) {
      return isDay(days.split(", only ")[0], date) && isDay(days.split(", only ")[1], date);
    }
    for (String either : days.split(" or (?=on|from)")) {
      if (isDay(either, date)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDay(String phrase, LocalDate date) {
    String day =
        date.getDayOfWeek().getDisplayName(java.time.format.TextStyle.FULL, Locale.ENGLISH);
    Matcher week = Pattern.compile("from (\\w+) to (\\w+)").matcher(phrase);
    if (week.lookingAt()) {
      int weekday = date.getDayOfWeek().getValue();
      if (weekday >= DayOfWeek.valueOf(week.group(1).toUpperCase(Locale.ROOT)).getValue()
          && weekday <= DayOfWeek.valueOf(week.group(2).toUpperCase(Locale.ROOT)).getValue()) {
        return true;
      }
    }
    int length = date.lengthOfMonth();
    for (String item : phrase.replaceAll("\\bon | of the month", "").split(", | and ")) {
      Matcher ofLength = Pattern.compile("(.*) of months with (\\d+) days").matcher(item);
      if (item.equals(day + "s") || isDate(item, date, length)) {
        return true;
      }
      if (ofLength.matches()) {
        throw new AssertionError("read by length elsewhere: " + phrase);
      }
    }
    return false;
  }

  private static boolean isDate(String item, LocalDate date, int length) {
    int day = date.getDayOfMonth();
    Matcher range = Pattern.compile("the (\\d+)\\w\\w to the (\\d+)\\w\\w").matcher(item);
    Matcher step =
        Pattern.compile("every (\\d+)\\w\\w day from the (\\d+)\\w\\w to the (\\d+)\\w\\w")
            .matcher(item);
    Matcher nth =
        Pattern.compile("the (first|second|third|fourth|fifth|last) ([A-Z]\\w+)").matcher(item);
    if (range.matches()) {
      return day >= number(range, 1) && day <= number(range, 2);
    }
    if (step.matches()) {
      return day >= number(step, 2)
          && day <= number(step, 3)
          && (day - number(step, 2)) % number(step, 1) == 0;
    }
    if (nth.matches()) {
      DayOfWeek weekday = DayOfWeek.valueOf(nth.group(2).toUpperCase(Locale.ROOT));
      return date.getDayOfWeek() == weekday
          && (nth.group(1).equals("last")
              ? date.equals(date.with(TemporalAdjusters.lastInMonth(weekday)))
              : (day + 6) / 7 == ORDINALS.indexOf(nth.group(1)) + 1);
    }
    if (item.startsWith("the weekday nearest to ")) {
      int named = date(item.replace("weekday nearest to the ", ""), length);
      if (named < 1 || named > length) {
        return false;
      }
      LocalDate nearest = date.withDayOfMonth(named);
      int shift =
          switch (nearest.getDayOfWeek()) {
            case SATURDAY -> named == 1 ? 2 : -1;
            case SUNDAY -> named == length ? -2 : 1;
            default -> 0;
          };
      return day == named + shift;
    }
    return item.startsWith("the ") && day == date(item, length);
  }

  /** {@code the 3rd}, {@code the last day}, {@code the 4th to last day}. */
  private static int date(String item, int length) {
    Matcher back = Pattern.compile("the (\\d+)\\w\\w to last day").matcher(item);
    Matcher plain = Pattern.compile("the (\\d+)\\w\\w").matcher(item);
    if (item.equals("the last day")) {
      return length;
    }
    if (back.matches()) {
      return length - number(back, 1) + 1;
    }
    return plain.matches() ? number(plain, 1) : 0;
  }

  private static int number(Matcher match, int group) {
    return Integer.parseInt(match.group(group));
  }

  private Matcher find(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(words);
    return matcher.find() ? matcher : null;
  }

  private static boolean isIn(String list, int value) {
    for (String item : list.replaceAll("[, ]+$", "").split(", | and ")) {
      String[] ends = item.trim().split(" to ");
      if (value >= Integer.parseInt(ends[0]) && value <= Integer.parseInt(ends[ends.length - 1])) {
        return true;
      }
    }
    return false;
  }
}
