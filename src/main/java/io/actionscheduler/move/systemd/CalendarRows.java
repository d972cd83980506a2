package io.actionscheduler.move.systemd;

import static io.actionscheduler.move.systemd.CalendarEvent.FIRST_YEAR;
import static io.actionscheduler.move.systemd.CalendarEvent.LAST_YEAR;

import io.actionscheduler.move.Elsewhere;
import io.actionscheduler.move.FieldText;
import io.actionscheduler.move.systemd.CalendarEvent.Months;
import io.actionscheduler.move.systemd.CalendarEvent.Time;
import java.time.Month;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The calendar events of a timer as the fewest schedules with the same times. Events that differ in
 * one field become one; days counted from the end of a month become dates, by the length of the
 * month.
 */
final class CalendarRows {
  private static final int WEEK = 7;

  private CalendarRows() {}

  /**
   * One schedule.
   *
   * @param there the times at which systemd elapses its events
   */
  record Row(CalendarEvent event, Elsewhere there) {
    /** Crontab text, or the format {@code apscheduler} if fires are delayed at random. */
    Object cron(Optional<Object> jitter) {
      return jitter.isEmpty() ? CronForm.unix(event) : CronForm.apscheduler(event, jitter.get());
    }
  }

  /**
   * The schedules of {@code events}, which are in {@code zone} if they name none. A time that an
   * earlier row has is not expected of a later one.
   */
  static List<Row> of(List<CalendarEvent> events, ZoneId zone) {
    List<Row> rows = new ArrayList<>();
    List<Elsewhere> before = new ArrayList<>();
    for (List<CalendarEvent> group : groups(events)) {
      for (CalendarEvent piece : pieces(group.get(0))) {
        Elsewhere mine =
            CalendarTimes.of(
                group.stream()
                    .skip(1)
                    .map(event -> new CalendarTimes(limited(event, piece), zone))
                    .toList());
        rows.add(new Row(piece, mine.without(before)));
        before.add(mine);
      }
    }
    return rows;
  }

  /** Groups: each is a merged event, followed by the events that it was made of. */
  private static List<List<CalendarEvent>> groups(List<CalendarEvent> events) {
    List<List<CalendarEvent>> groups = new ArrayList<>();
    for (CalendarEvent event : events) {
      List<CalendarEvent> group = new ArrayList<>(List.of(event, event));
      boolean again = true;
      while (again) {
        again = false;
        for (List<CalendarEvent> other : groups) {
          Optional<CalendarEvent> both = union(other.get(0), group.get(0));
          if (both.isPresent()) {
            groups.remove(other);
            List<CalendarEvent> merged = new ArrayList<>(List.of(both.get()));
            merged.addAll(other.subList(1, other.size()));
            merged.addAll(group.subList(1, group.size()));
            group = merged;
            again = true;
            break;
          }
        }
      }
      groups.add(group);
    }
    return groups;
  }

  /** Both as one event, if they differ in at most one field. */
  private static Optional<CalendarEvent> union(CalendarEvent one, CalendarEvent two) {
    if (!one.zone().equals(two.zone()) || one.months().fromTheEnd() != two.months().fromTheEnd()) {
      return Optional.empty();
    }
    List<Function<CalendarEvent, BitSet>> fields =
        List.of(
            CalendarEvent::weekdays,
            CalendarEvent::years,
            event -> event.months().months(),
            event -> event.months().days(),
            event -> event.time().hours(),
            event -> event.time().minutes(),
            event -> event.time().seconds());
    List<BitSet> both = new ArrayList<>();
    int different = 0;
    for (Function<CalendarEvent, BitSet> field : fields) {
      BitSet of = (BitSet) field.apply(one).clone();
      different += of.equals(field.apply(two)) ? 0 : 1;
      of.or(field.apply(two));
      both.add(of);
    }
    return different > 1
        ? Optional.empty()
        : Optional.of(
            new CalendarEvent(
                both.get(0),
                both.get(1),
                new Months(both.get(2), both.get(3), one.months().fromTheEnd()),
                new Time(both.get(4), both.get(5), both.get(6)),
                one.zone()));
  }

  /** Events that can be written as schedules and together are {@code event}. */
  private static List<CalendarEvent> pieces(CalendarEvent event) {
    if (!event.months().fromTheEnd() || CronForm.isLast(event)) {
      return List.of(event);
    }
    BitSet leap = years(Year::isLeap);
    BitSet common = years(year -> !Year.isLeap(year));
    Map<List<BitSet>, BitSet> months = new LinkedHashMap<>(); // by years and dates
    BiFunction<BitSet, Integer, List<BitSet>> key =
        (years, length) -> {
          BitSet in = (BitSet) event.years().clone();
          in.and(years);
          return List.of(in, dates(event.months().days(), length));
        };
    event.months().months().stream()
        .forEach(
            number -> {
              Month month = Month.of(number);
              if (month == Month.FEBRUARY) {
                months
                    .computeIfAbsent(key.apply(common, month.minLength()), any -> new BitSet())
                    .set(number);
                months
                    .computeIfAbsent(key.apply(leap, month.maxLength()), any -> new BitSet())
                    .set(number);
              } else {
                BitSet any = CalendarEvent.all(FIRST_YEAR, LAST_YEAR);
                months
                    .computeIfAbsent(key.apply(any, month.maxLength()), none -> new BitSet())
                    .set(number);
              }
            });
    List<CalendarEvent> pieces = new ArrayList<>();
    months.forEach(
        (of, in) -> {
          if (!of.get(0).isEmpty() && !of.get(1).isEmpty()) {
            pieces.add(
                new CalendarEvent(
                    event.weekdays(),
                    of.get(0),
                    new Months(in, of.get(1), false),
                    event.time(),
                    event.zone()));
          }
        });
    return pieces;
  }

  private static BitSet years(IntPredicate which) {
    BitSet years = new BitSet();
    IntStream.rangeClosed(FIRST_YEAR, LAST_YEAR).filter(which).forEach(years::set);
    return years;
  }

  private static BitSet dates(BitSet fromTheEnd, int length) {
    BitSet dates = new BitSet();
    fromTheEnd.stream().filter(day -> day <= length).forEach(day -> dates.set(length + 1 - day));
    return dates;
  }

  /** Limits it to the years and months of {@code piece}. */
  private static CalendarEvent limited(CalendarEvent event, CalendarEvent piece) {
    if (!event.months().fromTheEnd()) {
      return event;
    }
    BitSet years = (BitSet) event.years().clone();
    years.and(piece.years());
    BitSet months = (BitSet) event.months().months().clone();
    months.and(piece.months().months());
    Months in = new Months(months, event.months().days(), true);
    return new CalendarEvent(event.weekdays(), years, in, event.time(), event.zone());
  }

  /** Writes an event in the forms of the column. */
  static final class CronForm {
    private CronForm() {}

    /** Whether its days from the end are the last day, or a weekday of the last week. */
    static boolean isLast(CalendarEvent event) {
      BitSet days = event.months().days();
      return days.equals(CalendarEvent.all(1, 1)) || isLastWeekday(event);
    }

    private static boolean isLastWeekday(CalendarEvent event) {
      return event.months().fromTheEnd()
          && event.months().days().equals(CalendarEvent.all(1, WEEK))
          && event.weekdays().cardinality() == 1;
    }

    static String unix(CalendarEvent event) {
      Time time = event.time();
      String day = days(event, "L");
      String weekday = FieldText.ofWeekdays(event.weekdays());
      if (isLastWeekday(event)) {
        day = "*";
        weekday += "#L";
      } else if (!weekday.equals("*") && !day.equals("*")) {
        weekday = "+" + weekday;
      }
      String five =
          String.join(
              " ",
              FieldText.of(time.minutes(), 0, 59),
              FieldText.of(time.hours(), 0, 23),
              day,
              FieldText.of(event.months().months(), 1, 12),
              weekday);
      boolean everyYear = event.years().cardinality() == LAST_YEAR - FIRST_YEAR + 1;
      boolean atZero = time.seconds().equals(CalendarEvent.all(0, 0));
      if (atZero && everyYear) {
        return five;
      }
      String six = FieldText.of(time.seconds(), 0, 59) + " " + five;
      return everyYear ? six : six + " " + FieldText.of(event.years(), FIRST_YEAR, LAST_YEAR);
    }

    static Object apscheduler(CalendarEvent event, Object jitter) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("year", FieldText.of(event.years(), FIRST_YEAR, LAST_YEAR));
      fields.put("month", FieldText.of(event.months().months(), 1, 12));
      boolean lastWeekday = isLastWeekday(event);
      String weekday = FieldText.ofWeekdays(event.weekdays());
      fields.put("day", lastWeekday ? "last " + weekday : days(event, "last"));
      fields.put("day_of_week", lastWeekday ? "*" : weekday);
      fields.put("hour", FieldText.of(event.time().hours(), 0, 23));
      fields.put("minute", FieldText.of(event.time().minutes(), 0, 59));
      fields.put("second", FieldText.of(event.time().seconds(), 0, 59));
      fields.put("jitter", jitter);
      return Map.of("format", "apscheduler", "params", fields);
    }

    private static String days(CalendarEvent event, String last) {
      return event.months().fromTheEnd() ? last : FieldText.of(event.months().days(), 1, 31);
    }
  }
}
