package io.actionscheduler.schedule;

import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Random expressions that like to fire around a given local time. */
final class RandomCron {
  private final Random random;
  private final LocalDateTime around;

  RandomCron(Random random, LocalDateTime around) {
    this.random = random;
    this.around = around;
  }

  /** Crontab text of five to seven fields. */
  String unix() {
    String text = "%s %s %s %s %s".formatted(minute(), hour(), unixDay(), month(), unixWeekday());
    return switch (random.nextInt(6)) {
      case 0 -> sixty(around.getSecond()) + " " + text;
      case 1 -> one("0", "30", "*/20") + " " + text + " " + one("*", "1970-2100", "*/2");
      default -> text;
    };
  }

  /** Parameters of the extended format. */
  Map<String, Object> extended() {
    Map<String, Object> params = new LinkedHashMap<>();
    maybe(
        params, 8, "year", one("*", around.getYear() < 1970 ? "*" : "" + around.getYear(), "*/2"));
    maybe(params, 4, "month", month().equals("*") ? "*/1" : around.getMonthValue());
    maybe(params, 3, "day", extendedDay());
    maybe(params, 6, "week", one("*", "*/2", "1-53", "20-45", "53"));
    maybe(params, 4, "day_of_week", one(weekday(), "mon-fri", "0-6/2", "sat,sun", "*"));
    maybe(params, 2, "hour", random.nextBoolean() ? around.getHour() : extendedHour());
    maybe(params, 2, "minute", one(minute(), "" + random.nextInt(60), "*/7", "5/10"));
    maybe(params, 5, "second", sixty(around.getSecond()));
    if (params.isEmpty()) {
      params.put("hour", around.getHour());
    }
    maybe(params, 8, "start_date", around.minusMinutes(random.nextInt(200)).withNano(0) + ":00");
    maybe(params, 8, "end_date", around.plusMinutes(random.nextInt(400)).withNano(0) + ":00");
    params.computeIfPresent("start_date", (name, text) -> text.toString().substring(0, 16) + ":00");
    params.computeIfPresent("end_date", (name, text) -> text.toString().substring(0, 16) + ":00");
    return params;
  }

  private void maybe(Map<String, Object> params, int in, String name, Object value) {
    if (random.nextInt(in) == 0) {
      params.put(name, value);
    }
  }

  private String minute() {
    return random.nextInt(3) == 0 ? "*" : sixty(around.getMinute());
  }

  private String sixty(int near) {
    int any = random.nextInt(60);
    return switch (random.nextInt(8)) {
      case 0 -> "*";
      case 1 -> "*/" + (1 + random.nextInt(29));
      case 2 -> "0-59/15";
      case 3 -> any + "";
      case 4 -> near + "," + any;
      case 5 -> Math.min(near, any) + "-" + Math.max(near, any);
      case 6 -> any + ",*/31";
      default -> near + "";
    };
  }

  private String hour() {
    int near = (around.getHour() + random.nextInt(5) + 22) % 24;
    return switch (random.nextInt(7)) {
      case 0 -> "*";
      case 1 -> "*/" + (1 + random.nextInt(12));
      case 2 -> "0-23";
      case 3 -> Math.max(0, near - 2) + "-" + near;
      case 4 -> near + ",0";
      case 5 -> "23,0,1";
      default -> near + "";
    };
  }

  private String extendedHour() {
    return hour().replace("23,0,1", "20/1");
  }

  private String unixDay() {
    int near = around.getDayOfMonth();
    return switch (random.nextInt(12)) {
      case 0 -> near + "";
      case 1 -> "L";
      case 2 -> near + "W";
      case 3 -> near + ",L";
      case 4 -> "*/2";
      case 5 -> "?";
      case 6 -> "1-" + near;
      default -> "*";
    };
  }

  private Object extendedDay() {
    int near = around.getDayOfMonth();
    String nth = List.of("1st", "2nd", "3rd", "4th", "5th").get((near - 1) / 7);
    return switch (random.nextInt(6)) {
      case 0 -> near;
      case 1 -> "last";
      case 2 -> "last " + weekday();
      case 3 -> nth + " " + weekday() + ", 1";
      case 4 -> "*/3";
      default -> "1-" + near;
    };
  }

  private String month() {
    return random.nextInt(4) == 0 ? around.getMonthValue() + "" : "*";
  }

  private String unixWeekday() {
    int nth = (around.getDayOfMonth() + 6) / 7;
    return switch (random.nextInt(14)) {
      case 0 -> weekday();
      case 1 -> weekday().toUpperCase(Locale.ROOT) + "L";
      case 2 -> weekday() + "#" + nth;
      case 3 -> "*/2";
      case 4 -> "+" + weekday();
      case 5 -> "?";
      case 6 -> "1-5";
      case 7 -> "sat-sun";
      default -> "*";
    };
  }

  private String weekday() {
    return around
        .getDayOfWeek()
        .getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
        .toLowerCase(Locale.ROOT);
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
