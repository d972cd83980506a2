package io.actionscheduler.move.apscheduler;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The search of APScheduler 3.11 for the next run of a {@code CronTrigger}, field by field as it
 * does it. Where it raises a field, it adds the difference of the two local times as real time:
 * over a change of the clock it arrives as much later or earlier, and leaves out the times before.
 */
final class CronWalk {
  private static final List<String> FIELDS =
      List.of("year", "month", "day", "week", "day_of_week", "hour", "minute", "second");
  private static final int DAY = 2;
  private static final int HOUR = 5;

  private final CronFields fields;
  private final ZoneRules rules;
  private LocalDateTime at; // as its clock shows it, also where the clock skips it
  private boolean second; // whether it is the second pass of an hour that repeats

  private CronWalk(CronFields fields, ZoneRules rules, Instant from) {
    this.fields = fields;
    this.rules = rules;
    moveTo(from);
  }

  /**
   * The first run after {@code previous}, or after the moment when it is asked first.
   *
   * @param end the search ends behind it
   */
  static Optional<Instant> next(CronFields fields, ZoneRules rules, Instant previous, Instant end) {
    CronWalk walk = new CronWalk(fields, rules, previous.truncatedTo(ChronoUnit.SECONDS));
    walk.moveTo(walk.instant().plusSeconds(1));
    return walk.run(end) ? Optional.of(walk.instant()) : Optional.empty();
  }

  private boolean run(Instant end) {
    int field = 0;
    while (field >= 0 && field < FIELDS.size() && !instant().isAfter(end)) {
      int current = value(field);
      OptionalInt next = fields.next(FIELDS.get(field), current, at.toLocalDate());
      if (next.isEmpty()) {
        field = raise(field - 1);
      } else if (next.getAsInt() == current) {
        field++;
      } else if (isReal(field)) {
        at = reset(field, next.getAsInt());
        field++;
      } else {
        field = raise(field);
      }
    }
    return field == FIELDS.size() && !instant().isAfter(end);
  }

  /** Adds one to {@code field}, or to one before it where that is at its end; gives which. */
  private int raise(int field) {
    int raised = field;
    while (raised >= 0 && (!isReal(raised) || value(raised) == most(raised))) {
      raised--;
    }
    if (raised >= 0) {
      LocalDateTime to = reset(raised, value(raised) + 1);
      moveTo(instant().plusSeconds(ChronoUnit.SECONDS.between(at, to)));
    }
    return raised;
  }

  private LocalDateTime reset(int field, int value) {
    int month = field < 1 ? 1 : field == 1 ? value : at.getMonthValue();
    int day = field < DAY ? 1 : field == DAY ? value : at.getDayOfMonth();
    int hour = field < HOUR ? 0 : field == HOUR ? value : at.getHour();
    int minute = field <= HOUR ? 0 : field == HOUR + 1 ? value : at.getMinute();
    int seconds = field == FIELDS.size() - 1 ? value : 0;
    return LocalDateTime.of(field == 0 ? value : at.getYear(), month, day, hour, minute, seconds);
  }

  private static boolean isReal(int field) {
    return field <= DAY || field >= HOUR;
  }

  private int most(int field) {
    return field == DAY ? at.toLocalDate().lengthOfMonth() : CronFields.most(FIELDS.get(field));
  }

  private int value(int field) {
    return switch (FIELDS.get(field)) {
      case "year" -> at.getYear();
      case "month" -> at.getMonthValue();
      case "day" -> at.getDayOfMonth();
      case "week" -> at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case "day_of_week" -> at.getDayOfWeek().getValue() - 1;
      case "hour" -> at.getHour();
      case "minute" -> at.getMinute();
      default -> at.getSecond();
    };
  }

  private void moveTo(Instant instant) {
    ZoneOffset offset = rules.getOffset(instant);
    at = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, offset);
    List<ZoneOffset> valid = rules.getValidOffsets(at);
    second = valid.size() > 1 && !valid.get(0).equals(offset);
  }

  private Instant instant() {
    List<ZoneOffset> valid = rules.getValidOffsets(at);
    if (valid.isEmpty()) { // the other way round: there the first pass is what was before
      var gap = rules.getTransition(at);
      return at.toInstant(second ? gap.getOffsetAfter() : gap.getOffsetBefore());
    }
    return at.toInstant(valid.get(second ? valid.size() - 1 : 0));
  }
}
