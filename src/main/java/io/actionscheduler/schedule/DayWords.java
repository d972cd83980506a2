package io.actionscheduler.schedule;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntBinaryOperator;

/**
 * Days of a month in English. They are recognized from the days in all forms of a month, not from
 * the text: plain days and weekdays, the n-th Friday, days from the end, weekdays nearest to a day.
 */
final class DayWords {
  private static final List<String> ORDINALS =
      List.of("first", "second", "third", "fourth", "fifth", "last");
  private static final int FORMS = 28;

  /** Days that have a name, in all forms of a month. */
  private record Named(String name, List<Integer> masks) {
    /** Whether it counts from the end of a month: preferred to dates of the same days. */
    boolean isLast() {
      return name.startsWith("the last ") || name.endsWith("nearest to the last day");
    }
  }

  private DayWords() {}

  static String of(DaysInMonth days) {
    List<Integer> all = masks(days::in);
    return words(all, List.of()).or(() -> words(all, others())).orElseGet(() -> byLength(all));
  }

  /** Of weekdays, dates and {@code others}; empty where these do not make up {@code all}. */
  private static Optional<String> words(List<Integer> all, List<Named> others) {
    List<Integer> left = new ArrayList<>(all);
    List<Integer> weekdays = new ArrayList<>();
    for (int weekday = 0; weekday < 7; weekday++) {
      if (take(masks(DaySet.weekdays(1 << weekday)::in), all, left)) {
        weekdays.add(weekday);
      }
    }
    List<String> last = new ArrayList<>();
    List<String> more = new ArrayList<>();
    taken(others, true, all, left, last);
    List<Integer> dates = new ArrayList<>();
    for (int date = 1; date <= 31; date++) {
      int bit = 1 << date - 1;
      if (take(masks((length, first) -> bit), all, left)) {
        dates.add(date);
      }
    }
    taken(others, false, all, left, more);
    List<String> items = new ArrayList<>();
    addDates(items, dates);
    items.addAll(more);
    items.addAll(last);
    return left.stream().anyMatch(mask -> mask != 0)
        ? Optional.empty()
        : Optional.of(phrase(items, weekdays));
  }

  private static void taken(
      List<Named> others, boolean last, List<Integer> all, List<Integer> left, List<String> names) {
    for (Named named : others) {
      if (named.isLast() == last && take(named.masks(), all, left)) {
        names.add(named.name());
      }
    }
  }

  private static String phrase(List<String> items, List<Integer> weekdays) {
    String dates = "on " + NumberWords.join(items) + " of the month";
    if (weekdays.isEmpty()) {
      return dates;
    }
    boolean run =
        weekdays.size() > 2
            && weekdays.get(weekdays.size() - 1) - weekdays.get(0) == weekdays.size() - 1;
    String names =
        run
            ? "from "
                + weekday(weekdays.get(0))
                + " to "
                + weekday(weekdays.get(weekdays.size() - 1))
            : "on " + NumberWords.join(weekdays.stream().map(day -> weekday(day) + "s").toList());
    return items.isEmpty() ? names : names + " and " + dates;
  }

  private static void addDates(List<String> items, List<Integer> dates) {
    int step = NumberWords.step(dates);
    if (step > 0) {
      items.add(
          "every %s day from the %s to the %s"
              .formatted(
                  NumberWords.ordinal(step),
                  NumberWords.ordinal(dates.get(0)),
                  NumberWords.ordinal(dates.get(dates.size() - 1))));
      return;
    }
    NumberWords.runs(dates, date -> "the " + NumberWords.ordinal(date)).forEach(items::add);
  }

  private static List<Named> others() {
    List<Named> others = new ArrayList<>();
    for (int back = 0; back < 31; back++) {
      int before = back;
      String name =
          back == 0 ? "the last day" : "the " + NumberWords.ordinal(back + 1) + " to last day";
      others.add(
          new Named(
              name, masks((length, first) -> before < length ? 1 << length - 1 - before : 0)));
    }
    for (int nth = 1; nth <= ORDINALS.size(); nth++) {
      for (int weekday = 0; weekday < 7; weekday++) {
        DaySet days = new DaySet(0, false, 0, 0, DaySet.position(nth, weekday));
        others.add(
            new Named("the " + ORDINALS.get(nth - 1) + " " + weekday(weekday), masks(days::in)));
      }
    }
    for (int date = 1; date <= 31; date++) {
      others.add(
          new Named(
              "the weekday nearest to the " + NumberWords.ordinal(date),
              masks(new DaySet(0, false, date, 0, 0)::in)));
    }
    for (int back = 0; back < 31; back++) {
      int before = back;
      String name =
          back == 0 ? "the last day" : "the " + NumberWords.ordinal(back + 1) + " to last day";
      others.add(
          new Named(
              "the weekday nearest to " + name,
              masks(
                  (length, first) ->
                      before < length
                          ? new DaySet(0, false, length - before, 0, 0).in(length, first)
                          : 0)));
    }
    return others;
  }

  /** Takes {@code some} from what is left of {@code all}, where they are among them and help. */
  private static boolean take(List<Integer> some, List<Integer> all, List<Integer> left) {
    boolean helps = false;
    for (int form = 0; form < FORMS; form++) {
      if ((some.get(form) & ~all.get(form)) != 0) {
        return false;
      }
      helps |= (some.get(form) & left.get(form)) != 0;
    }
    for (int form = 0; helps && form < FORMS; form++) {
      left.set(form, left.get(form) & ~some.get(form));
    }
    return helps;
  }

  private static List<Integer> masks(IntBinaryOperator rule) {
    MonthDays days = MonthDays.of(rule);
    List<Integer> masks = new ArrayList<>();
    for (int form = 0; form < FORMS; form++) {
      masks.add(days.in(28 + form / 7, form % 7));
    }
    return masks;
  }

  /**
   * Days that have no name: of each length of a month by itself, where its weekdays do not matter.
   */
  private static String byLength(List<Integer> masks) {
    List<String> parts = new ArrayList<>();
    for (int length = 28; length <= 31; length++) {
      List<Integer> ofLength = masks.subList((length - 28) * 7, (length - 27) * 7);
      if (ofLength.stream().distinct().count() > 1) {
        return "on days that depend on the month and its weekdays";
      }
      List<Integer> dates = NumberWords.numbers(Integer.toUnsignedLong(ofLength.get(0)));
      if (!dates.isEmpty()) {
        String names = NumberWords.list(dates, date -> "the " + NumberWords.ordinal(date + 1));
        parts.add(names + " of months with " + length + " days");
      }
    }
    return "on " + String.join(", on ", parts);
  }

  private static String weekday(int weekday) {
    return DayOfWeek.of(weekday + 1).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }
}
