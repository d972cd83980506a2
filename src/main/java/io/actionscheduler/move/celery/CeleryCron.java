package io.actionscheduler.move.celery;

import io.actionscheduler.move.Elsewhere;
import io.actionscheduler.move.FieldText;
import io.actionscheduler.move.TableRow;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * A crontab of Celery: all five fields must match, weekday 0 is Sunday, ranges may go over their
 * end ({@code 22-2}).
 */
record CeleryCron(BitSet minutes, BitSet hours, BitSet weekdays, BitSet days, BitSet months) {
  private static final Pattern PART =
      Pattern.compile("(?:(\\*)|(\\w+)(?:-(\\w+))?)(?:/(\\d{1,4}))?");
  private static final List<String> WEEKDAYS =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final List<String> MONTHS =
      List.of(
          "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  /**
   * The crontab of a row.
   *
   * @throws IllegalArgumentException when Celery refuses it; the message is the wrong part
   */
  static CeleryCron of(TableRow row) {
    CeleryCron cron =
        new CeleryCron(
            set(row.textOr("minute"), 0, 59, List.of()),
            set(row.textOr("hour"), 0, 23, List.of()),
            set(row.textOr("day_of_week"), 0, 6, WEEKDAYS),
            set(row.textOr("day_of_month"), 1, 31, List.of()),
            set(row.textOr("month_of_year"), 1, 12, MONTHS));
    if (!cron.hasDate()) { // beat fails when it asks for its next time
      throw new IllegalArgumentException(
          row.textOr("day_of_month") + " " + row.textOr("month_of_year"));
    }
    return cron;
  }

  private boolean hasDate() {
    int first = days.nextSetBit(1);
    return months.stream().anyMatch(month -> first <= Month.of(month).maxLength());
  }

  private static BitSet set(String field, int least, int most, List<String> names) {
    BitSet set = new BitSet();
    for (String part : field.replace(" ", "").split(",", -1)) {
      Matcher of = PART.matcher(part);
      if (!of.matches() || of.group(1) == null && of.group(3) == null && of.group(4) != null) {
        throw new IllegalArgumentException(part);
      }
      int first = of.group(1) != null ? least : number(of.group(2), least, most, names);
      int last =
          of.group(1) != null
              ? most
              : of.group(3) == null ? first : number(of.group(3), least, most, names);
      int step = of.group(4) == null ? 1 : Integer.parseInt(of.group(4));
      if (step == 0) {
        throw new IllegalArgumentException(part);
      }
      int width = most - least + 1;
      int length = last >= first ? last - first : last - first + width;
      for (int i = 0; i <= length; i += step) {
        set.set(least + (first - least + i) % width);
      }
    }
    return set;
  }

  private static int number(String text, int least, int most, List<String> names) {
    String lower = text.toLowerCase(Locale.ROOT);
    int named = lower.length() < 3 ? -1 : names.indexOf(lower.substring(0, 3));
    if (named < 0 && !text.matches("\\d{1,3}")) {
      throw new IllegalArgumentException(text);
    }
    int number = named >= 0 ? named : Integer.parseInt(text);
    if (number < least || number > most) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  /** In the format {@code apscheduler}, in which all fields must match, too. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("month", FieldText.of(months, 1, 12));
    fields.put("day", FieldText.of(days, 1, 31));
    BitSet fromMonday = new BitSet();
    weekdays.stream().forEach(day -> fromMonday.set(day == 0 ? 7 : day));
    fields.put("day_of_week", FieldText.ofWeekdays(fromMonday));
    fields.put("hour", FieldText.of(hours, 0, 23));
    fields.put("minute", FieldText.of(minutes, 0, 59));
    fields.values().removeIf("*"::equals);
    fields.putIfAbsent("minute", "*");
    return fields;
  }

  /**
   * The times that match by the clock of {@code zone}. As in Celery 5.6, a time that the clock
   * skips is later by the length of the gap, one that it shows twice is the first of both, and
   * times that coincide are one.
   */
  Elsewhere in(ZoneId zone) {
    return (from, to) -> {
      LongStream.Builder times = LongStream.builder();
      LocalDate last = LocalDate.ofInstant(to, zone);
      for (LocalDate day = LocalDate.ofInstant(from, zone);
          !day.isAfter(last);
          day = day.plusDays(1)) {
        if (months.get(day.getMonthValue())
            && days.get(day.getDayOfMonth())
            && weekdays.get(day.getDayOfWeek().getValue() % 7)) {
          LocalDate at = day;
          hours.stream()
              .forEach(
                  hour ->
                      minutes.stream()
                          .forEach(
                              minute ->
                                  times.add(at.atTime(hour, minute).atZone(zone).toEpochSecond())));
        }
      }
      return times
          .build()
          .filter(at -> at > from.getEpochSecond() && at <= to.getEpochSecond())
          .sorted()
          .distinct()
          .toArray();
    };
  }
}
