package io.actionscheduler.move.apscheduler;

import io.actionscheduler.move.apscheduler.Pickled.Dict;
import io.actionscheduler.move.apscheduler.Pickled.Items;
import io.actionscheduler.move.apscheduler.Pickled.Made;
import io.actionscheduler.move.apscheduler.Pickled.Text;
import io.actionscheduler.move.apscheduler.TriggerState.NotHad;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The fields of a {@code CronTrigger}: their text, and the values that match them. */
final class CronFields {
  private static final Map<String, int[]> BOUNDS = new LinkedHashMap<>();
  private static final List<String> WEEKDAYS =
      List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final List<String> OPTIONS = List.of("1st", "2nd", "3rd", "4th", "5th", "last");

  static {
    BOUNDS.put("year", new int[] {1970, 9999});
    BOUNDS.put("month", new int[] {1, 12});
    BOUNDS.put("day", new int[] {1, 31});
    BOUNDS.put("week", new int[] {1, 53});
    BOUNDS.put("day_of_week", new int[] {0, 6});
    BOUNDS.put("hour", new int[] {0, 23});
    BOUNDS.put("minute", new int[] {0, 59});
    BOUNDS.put("second", new int[] {0, 59});
  }

  /** One of the parts of a field that commas separate. */
  private record Expression(String kind, Optional<Integer> first, int last, int step, String text) {
    boolean matches(int value, LocalDate day, int least, int most) {
      return switch (kind) {
        case "LastDayOfMonthExpression" -> value == day.lengthOfMonth();
        case "WeekdayPositionExpression" -> value == position(day);
        default -> {
          int from = first.orElse(least);
          yield value >= from && value <= Math.min(last, most) && (value - from) % step == 0;
        }
      };
    }

    /** For a position, {@code last} is the weekday, and {@code step} its number in the month. */
    private int position(LocalDate day) {
      LocalDate month = day.withDayOfMonth(1);
      int to = Math.floorMod(last - (month.getDayOfWeek().getValue() - 1), 7) + 1;
      if (step < OPTIONS.size() - 1) {
        return to + step * 7;
      }
      return to + (day.lengthOfMonth() - to) / 7 * 7;
    }
  }

  private final Map<String, List<Expression>> fields = new LinkedHashMap<>();

  /** Of the state of a trigger. */
  CronFields(Dict trigger) throws NotHad {
    if (!(trigger.get("fields").orElse(null) instanceof Items items)) {
      throw new NotHad("its cron trigger has no fields");
    }
    for (Pickled item : items.values()) {
      Dict field = item instanceof Made made ? made.state() : new Dict();
      if (!(field.get("name").orElse(null) instanceof Text name)
          || !BOUNDS.containsKey(name.value())
          || !(field.get("expressions").orElse(null) instanceof Items expressions)) {
        throw new NotHad("a field of its cron trigger is not known");
      }
      List<Expression> all = new ArrayList<>();
      for (Pickled expression : expressions.values()) {
        all.add(expression(name.value(), expression));
      }
      fields.put(name.value(), all);
    }
    if (!fields.keySet().equals(BOUNDS.keySet())) {
      throw new NotHad("its cron trigger lacks fields");
    }
  }

  private static Expression expression(String field, Pickled value) throws NotHad {
    Made made = value instanceof Made some ? some : new Made(value, List.of(), true);
    Dict state = made.state();
    String kind = made.name().replaceFirst("^apscheduler\\.triggers\\.cron\\.expressions\\.", "");
    int step = state.get("step").isEmpty() ? 0 : number(state, "step");
    String every = step == 0 ? "" : "/" + step;
    int most = BOUNDS.get(field)[1];
    switch (kind) {
      case "AllExpression":
        return new Expression(kind, Optional.empty(), most, Math.max(step, 1), "*" + every);
      case "LastDayOfMonthExpression":
        return new Expression(kind, Optional.empty(), most, 1, "last");
      case "WeekdayPositionExpression":
        int option = number(state, "option_num");
        int weekday = number(state, "weekday");
        if (option >= OPTIONS.size() || weekday >= WEEKDAYS.size() || option < 0 || weekday < 0) {
          throw new NotHad("a day of its cron trigger is not known");
        }
        String text = OPTIONS.get(option) + " " + WEEKDAYS.get(weekday);
        return new Expression(kind, Optional.empty(), weekday, option, text);
      case "RangeExpression", "WeekdayRangeExpression", "MonthRangeExpression":
        int first = number(state, "first");
        boolean isOpen = state.get("last").isEmpty();
        int last = isOpen ? step == 0 ? first : most : number(state, "last");
        String range =
            isOpen || last == first
                ? name(field, first)
                : name(field, first) + "-" + name(field, last);
        return new Expression(
            "RangeExpression", Optional.of(first), last, Math.max(step, 1), range + every);
      default:
        throw new NotHad("its cron trigger has a " + made.name() + ", which is not known");
    }
  }

  private static String name(String field, int value) {
    return field.equals("day_of_week") && value >= 0 && value < WEEKDAYS.size()
        ? WEEKDAYS.get(value)
        : String.valueOf(value);
  }

  private static int number(Dict state, String name) throws NotHad {
    long number = TriggerState.number(state.get(name).orElse(Pickled.Constant.NONE));
    if (number != (int) number) {
      throw new NotHad("a number of its trigger is too large");
    }
    return (int) number;
  }

  /**
   * The fields in the form of the format {@code apscheduler}, without those that match every value.
   */
  Map<String, Object> texts() {
    Map<String, Object> texts = new LinkedHashMap<>();
    fields.forEach(
        (name, expressions) -> {
          String text = String.join(",", expressions.stream().map(Expression::text).toList());
          if (!text.equals("*") || name.equals("second")) {
            texts.put(name, text);
          }
        });
    return texts;
  }

  boolean isDay(LocalDate day) {
    DayOfWeek weekday = day.getDayOfWeek();
    return matches("year", day.getYear(), day)
        && matches("month", day.getMonthValue(), day)
        && matches("day", day.getDayOfMonth(), day)
        && matches("week", day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), day)
        && matches("day_of_week", weekday.getValue() - 1, day);
  }

  /** The values of {@code hour}, {@code minute} or {@code second}, in order. */
  int[] values(String field) {
    int[] bounds = BOUNDS.get(field);
    return IntStream.rangeClosed(bounds[0], bounds[1])
        .filter(value -> matches(field, value, LocalDate.EPOCH))
        .toArray();
  }

  /** The first value of {@code field} from {@code value} on, on {@code day}; empty for none. */
  OptionalInt next(String field, int value, LocalDate day) {
    int most = field.equals("day") ? day.lengthOfMonth() : most(field);
    for (int next = value; next <= most; next++) {
      if (matches(field, next, day)) {
        return OptionalInt.of(next);
      }
    }
    return OptionalInt.empty();
  }

  /** The greatest value of {@code field}, whatever its text. */
  static int most(String field) {
    return BOUNDS.get(field)[1];
  }

  private boolean matches(String field, int value, LocalDate day) {
    int[] bounds = BOUNDS.get(field);
    return fields.get(field).stream()
        .anyMatch(expression -> expression.matches(value, day, bounds[0], bounds[1]));
  }
}
