package io.actionscheduler.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Numbers and lists of them in English. */
final class NumberWords {
  private static final int SHORTEST_RUN = 3;
  private static final int SHORTEST_PROGRESSION = 4;

  private NumberWords() {}

  /** The numbers of the bits of {@code set}. */
  static List<Integer> numbers(long set) {
    List<Integer> numbers = new ArrayList<>();
    for (long rest = set; rest != 0; rest &= rest - 1) {
      numbers.add(Long.numberOfTrailingZeros(rest));
    }
    return numbers;
  }

  /** {@code 1, 5 and 9 to 17}; each number in the words of {@code name}. */
  static String list(List<Integer> numbers, IntFunction<String> name) {
    return join(runs(numbers, name));
  }

  /** As {@link #list}, its items by themselves. */
  static List<String> runs(List<Integer> numbers, IntFunction<String> name) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < numbers.size(); ) {
      int end = i;
      while (end + 1 < numbers.size() && numbers.get(end + 1) == numbers.get(end) + 1) {
        end++;
      }
      if (end - i + 1 >= SHORTEST_RUN) {
        items.add(name.apply(numbers.get(i)) + " to " + name.apply(numbers.get(end)));
      } else {
        numbers.subList(i, end + 1).forEach(number -> items.add(name.apply(number)));
      }
      i = end + 1;
    }
    return items;
  }

  /** {@code a, b and c}. */
  static String join(List<String> items) {
    int last = items.size() - 1;
    return last < 1
        ? String.join("", items)
        : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }

  /** The even step of at least four numbers, more than 1; else 0. */
  static int step(List<Integer> numbers) {
    if (numbers.size() < SHORTEST_PROGRESSION) {
      return 0;
    }
    int step = numbers.get(1) - numbers.get(0);
    for (int i = 1; i < numbers.size(); i++) {
      if (numbers.get(i) - numbers.get(i - 1) != step) {
        return 0;
      }
    }
    return step > 1 ? step : 0;
  }

  /** {@code 1st}, {@code 2nd}, {@code 11th}. */
  static String ordinal(int number) {
    int tens = number / 10 % 10;
    String ending =
        tens == 1
            ? "th"
            : switch (number % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return number + ending;
  }
}
