package io.actionscheduler.quartz;

import java.util.List;
import java.util.Random;

/** Random expressions with all that Quartz knows: steps, wrapped ranges, L, W, #, lists, years. */
final class RandomQuartz {
  private final Random random;

  RandomQuartz(Random random) {
    this.random = random;
  }

  /** Any expression; with {@code W} now and then, if {@code nearest}. */
  String expression(boolean nearest) {
    boolean byWeekday = random.nextInt(3) == 0;
    String days = byWeekday ? "?" : dayOfMonth(nearest);
    String text =
        String.join(
            " ",
            one("0", "0", "*/20", number(60)),
            sixty(),
            hours(),
            days,
            month(),
            weekday(byWeekday));
    return random.nextInt(6) == 0 ? text + " " + year() : text;
  }

  private String sixty() {
    return switch (random.nextInt(7)) {
      case 0 -> "*";
      case 1 -> "0/" + (1 + random.nextInt(59));
      case 2 -> "50-10/5";
      case 3 -> number(60) + "," + number(60) + "," + number(60);
      case 4 -> number(60) + "/7";
      default -> one("0", "30", number(60));
    };
  }

  private String hours() {
    return switch (random.nextInt(8)) {
      case 0 -> "*";
      case 1 -> "*/" + (1 + random.nextInt(23));
      case 2 -> "22-3";
      case 3 -> "1-4";
      case 4 -> number(24) + "," + number(24);
      case 5 -> "0,1,2,3";
      default -> one("0", "1", "2", "3", "23", number(24));
    };
  }

  private String dayOfMonth(boolean nearest) {
    String day = Integer.toString(1 + random.nextInt(31));
    if (nearest && random.nextInt(2) == 0) {
      return one("1W", "15W", "LW", "31W", "L-3W", day + "W", "1W,15W", "1," + day + "W", "LW,15");
    }
    return switch (random.nextInt(9)) {
      case 0 -> "L";
      case 1 -> "L-" + random.nextInt(31);
      case 2 -> day + ",L";
      case 3 -> "27,L-2";
      case 4 -> "*/" + (1 + random.nextInt(15));
      case 5 -> "25-5";
      case 6 -> day;
      case 7 -> day + "," + (1 + random.nextInt(31)) + ",29";
      default -> "*";
    };
  }

  private String month() {
    return one("*", "*", "*", "2", "JAN-MAR", "3,10", "11-2", "4/5", "FEB");
  }

  private String weekday(boolean restricted) {
    if (!restricted) {
      return "?";
    }
    String day = Integer.toString(1 + random.nextInt(7));
    return one(
        "MON-FRI",
        "SUN",
        day,
        day + "L",
        day + "#" + (1 + random.nextInt(5)),
        "FRI#2",
        "SATL",
        "6-2",
        "*",
        "2,4,6",
        "L");
  }

  private String year() {
    return one("2026-2040", "2028", "*/2", "2026/3", "2027,2029,2031", "*");
  }

  private String number(int below) {
    return Integer.toString(random.nextInt(below));
  }

  private String one(String... choices) {
    return List.of(choices).get(random.nextInt(choices.length));
  }
}
