package io.actionscheduler.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** The fields of APScheduler's cron, coarsest first. */
enum ExtendedField {
  YEAR(Field.of("year", 1970, 9999)),
  MONTH(new Field("month", 1, 12, Field.MONTHS, 1, Field.ALLOWED_MONTHS)),
  DAY(new Field("day", 1, 31, List.of(), 0, "1 to 31, last, last fri, 1st mon to 5th sun")),
  WEEK(Field.of("week", 1, 53)),
  DAY_OF_WEEK(
      new Field(
          "day_of_week",
          0,
          6,
          List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
          0,
          "0 to 6, mon to sun")),
  HOUR(Field.of("hour", 0, 23)),
  MINUTE(Field.of("minute", 0, 59)),
  SECOND(Field.of("second", 0, 59));

  private static final List<String> ORDINALS = List.of("1st", "2nd", "3rd", "4th", "5th", "last");

  final Field field;

  ExtendedField(Field field) {
    this.field = field;
  }

  /** The default where a finer field is given. */
  static final String ANY = "*";

  /** The default where only coarser fields are given. */
  String least() {
    return this == WEEK || this == DAY_OF_WEEK ? ANY : Integer.toString(field.least());
  }

  /** The text of a parameter: JSON may hold numbers too. */
  String text(Object value) throws InvalidSchedule {
    if (!(value instanceof String || value instanceof Integer || value instanceof Long)) {
      String shown = JsonText.of(value);
      throw field.notAllowed(shown, shown);
    }
    return value.toString().strip();
  }

  BitSet numbers(String text) throws InvalidSchedule {
    BitSet values = new BitSet();
    for (String term : terms(text)) {
      add(term, values);
    }
    return values;
  }

  /** Days of the month, by number and by position. */
  static DaySet days(String text) throws InvalidSchedule {
    BitSet days = new BitSet();
    boolean last = false;
    long positions = 0;
    for (String term : DAY.terms(text)) {
      String lower = term.toLowerCase(Locale.ROOT);
      int space = lower.indexOf(' ');
      if (lower.equals("last")) {
        last = true;
      } else if (space > 0) {
        int nth = ORDINALS.indexOf(lower.substring(0, space));
        int weekday = DAY_OF_WEEK.field.names().indexOf(lower.substring(space).strip());
        if (nth < 0 || weekday < 0) {
          throw DAY.field.notAllowed(term, text);
        }
        positions |= DaySet.position(nth + 1, weekday);
      } else {
        DAY.add(term, days);
      }
    }
    return DaySet.of((int) (Bits.of(days) >>> 1), last, 0, positions);
  }

  private String[] terms(String text) throws InvalidSchedule {
    String[] terms = text.split(",", -1);
    for (int i = 0; i < terms.length; i++) {
      terms[i] = terms[i].strip();
      if (terms[i].isEmpty()) {
        throw field.notAllowed("", text);
      }
    }
    return terms;
  }

  private void add(String term, BitSet into) throws InvalidSchedule {
    int slash = term.indexOf('/');
    String range = slash < 0 ? term : term.substring(0, slash);
    int dash = range.indexOf('-');
    boolean named = Character.isLetter(range.isEmpty() ? '/' : range.charAt(0));
    int first = field.least();
    int last = field.most();
    if (dash >= 0) {
      String end = range.substring(dash + 1);
      first = field.value(range.substring(0, dash), term);
      last = field.lastValue(end, term);
      if (named == Field.isNumber(end)) {
        throw field.fault(term, "a range is of numbers or of names, never of both");
      }
    } else if (!range.equals(ANY)) {
      first = field.value(range, term);
      last = slash < 0 ? first : last;
    }
    int step = slash < 0 ? 1 : step(term, slash, first, last, named);
    field.add(first, last, step, term, into);
  }

  private int step(String term, int slash, int first, int last, boolean named)
      throws InvalidSchedule {
    int step = field.step(term.substring(slash + 1), term);
    if (named) {
      throw field.fault(term, "names take no step; write numbers");
    }
    if (last >= first && step > last - first) {
      throw field.fault(
          term, "the step is greater than the range of " + (last - first) + "; leave it out");
    }
    return step;
  }
}
