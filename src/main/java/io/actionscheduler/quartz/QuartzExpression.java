package io.actionscheduler.quartz;

import io.actionscheduler.schedule.CalendarRule;
import io.actionscheduler.schedule.ClockChanges;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.MonthDays;
import io.actionscheduler.schedule.TimeSet;
import io.actionscheduler.schedule.Years;
import java.text.ParseException;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/**
 * Reads expressions as Quartz reads them, and makes a rule of what they name. Quartz itself is not
 * used to compute times: near a change of the clock, and with a {@code W}, its answers depend on
 * the moment from which it searches, while a schedule has one set of fire times.
 */
public final class QuartzExpression {
  private static final int FIRST_YEAR = 1970;

  /** A number of the year field that is no step. */
  private static final Pattern YEAR = Pattern.compile("(?<![0-9/])[0-9]+");

  private QuartzExpression() {}

  /**
   * The rule of {@code value}, six or seven fields.
   *
   * @throws InvalidSchedule when Quartz refuses it; the message says why
   */
  public static CalendarRule parse(String value) throws InvalidSchedule {
    try {
      FieldSets sets = FieldSets.of(new CronExpression(value));
      return new CalendarRule(
          years(value, sets),
          (int) (mask(sets.numbers("months", 1, 12), "month") >>> 1),
          days(sets),
          times(sets),
          ClockChanges.SECOND_PASS);
    } catch (ParseException e) {
      throw fault(
          value,
          e.getMessage()
              + "; write second minute hour day-of-month month day-of-week, a year if need be,"
              + " and ? for one of the two days");
    } catch (NamesNothing e) {
      // Quartz takes it, and would fail when it is asked for a time.
      throw fault(value, e.getMessage() + " names no value; write numbers, ranges or *");
    }
  }

  private static InvalidSchedule fault(String value, String fault) {
    return new InvalidSchedule("quartz \"" + value + "\": " + fault);
  }

  private static TimeSet times(FieldSets sets) throws NamesNothing {
    return new TimeSet(
        (int) mask(sets.numbers("hours", 0, 23), "hour"),
        mask(sets.numbers("minutes", 0, 59), "minute"),
        mask(sets.numbers("seconds", 0, 59), "second"));
  }

  private static Years years(String value, FieldSets sets) throws InvalidSchedule, NamesNothing {
    String[] fields = value.strip().split("[ \t]+");
    Matcher numbers = YEAR.matcher(fields.length > 6 ? fields[6] : "");
    while (numbers.find()) {
      if (numbers.group().length() < 4 || numbers.group().compareTo("1970") < 0) {
        throw fault(value, "year \"" + fields[6] + "\": allowed are years from " + FIRST_YEAR);
      }
    }
    BitSet years = sets.numbers("years", FIRST_YEAR, CronExpression.MAX_YEAR);
    if (years.isEmpty() && fields.length > 6) {
      throw fault(
          value,
          "year \""
              + fields[6]
              + "\": allowed are years from "
              + FIRST_YEAR
              + " to "
              + CronExpression.MAX_YEAR);
    }
    return Years.of(years);
  }

  private static MonthDays days(FieldSets sets) throws NamesNothing {
    if (sets.isOpen("daysOfMonth")) {
      return DaysOfWeek.of(sets);
    }
    return DaysOfMonth.of(sets);
  }

  private static long mask(BitSet values, String field) throws NamesNothing {
    if (values.isEmpty()) {
      throw new NamesNothing(field);
    }
    return values.toLongArray()[0];
  }
}
