package io.actionscheduler.move.dialect;

import io.actionscheduler.schedule.CalendarRule;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The fields of a crontab line, rewritten so that this program reads them as another program reads
 * the line.
 */
final class Fields {
  private static final ScheduleParser.Format NO_QUARTZ = Fields::refuse;
  private static final int[] LEAST = {0, 0, 0, 1, 1, 0};
  private static final int[] MOST = {59, 59, 23, 31, 12, 6};

  /** From second to weekday, possibly followed by a year. */
  private final List<String> fields;

  private Fields(List<String> fields) {
    this.fields = fields;
  }

  private static CalendarRule refuse(String text) throws InvalidSchedule {
    throw new InvalidSchedule(text);
  }

  /** The fields of {@code text}: five, or more with a second before and a year after them. */
  static Fields of(String text, int most) throws InvalidSchedule {
    List<String> fields = new ArrayList<>(List.of(text.split("[ \t]+")));
    if (fields.size() < 5 || fields.size() > most) {
      throw new InvalidSchedule(
          fields.size() + " fields; it takes 5" + (most == 5 ? "" : " to " + most));
    }
    if (fields.size() == 5) {
      fields.add(0, "0");
    }
    return new Fields(fields);
  }

  String get(int index) {
    return fields.get(index);
  }

  List<String> days() {
    return List.of(fields.get(3), fields.get(5));
  }

  Fields with(int index, UnaryOperator<String> change) {
    List<String> copy = new ArrayList<>(fields);
    copy.set(index, change.apply(copy.get(index)));
    return new Fields(copy);
  }

  /** {@code 5/10} as {@code 5-59/10}: to the end of the field. */
  Fields openSteps() {
    Fields open = this;
    for (int i = 0; i < 6; i++) {
      int most = MOST[i];
      open =
          open.with(
              i,
              field ->
                  terms(field, term -> term.replaceFirst("^(\\w+)/(\\d+)$", "$1-" + most + "/$2")));
    }
    return open;
  }

  /** {@code *}{@code /2} among days as {@code 1-31/2}: the field is then restricted. */
  Fields restrictingSteps() {
    return with(3, field -> terms(field, term -> ranged(term, 3)))
        .with(5, field -> terms(field, term -> ranged(term, 5)));
  }

  private static String ranged(String term, int index) {
    return term.replaceFirst("^[*?]/(?!1$)", LEAST[index] + "-" + MOST[index] + "/");
  }

  /** The greatest step of a field, or 0. */
  int step(int index) {
    int greatest = 0;
    for (String term : fields.get(index).split(",")) {
      String step = term.replaceFirst("^[^/]*/?", "");
      greatest = Math.max(greatest, step.matches("\\d{1,6}") ? Integer.parseInt(step) : 0);
    }
    return greatest;
  }

  static String terms(String field, UnaryOperator<String> change) {
    return String.join(",", List.of(field.split(",", -1)).stream().map(change).toList());
  }

  /** The fields from minute to weekday. */
  String five() {
    return String.join(" ", fields.subList(1, 6));
  }

  Schedule schedule(ZoneId zone) throws InvalidSchedule {
    return crontab(String.join(" ", fields), zone);
  }

  /** {@code text} as crontab. */
  static Schedule crontab(String text, ZoneId zone) throws InvalidSchedule {
    Object form = Map.of("format", "unix", "params", Map.of("value", text));
    return new ScheduleParser(UnixDialect.CRONTAB, NO_QUARTZ).parse(text, form, zone).schedule();
  }

  /** {@code text} as APScheduler's {@code from_crontab} reads it. */
  static Schedule fromCrontab(String text, ZoneId zone) throws InvalidSchedule {
    Object form = Map.of("format", "unix", "params", Map.of("value", text));
    return new ScheduleParser(UnixDialect.APSCHEDULER, NO_QUARTZ)
        .parse(text, form, zone)
        .schedule();
  }
}
