package io.actionscheduler.calendar.ics;

import biweekly.component.VEvent;
import biweekly.property.ExceptionRule;
import biweekly.property.RecurrenceRule;
import biweekly.util.Frequency;
import biweekly.util.Recurrence;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules whose dates the library gets wrong: some are lost, others are too many. A calendar that
 * keeps an action off a holiday must not be wrong in silence, so they are refused.
 */
final class InexactRule {
  /** Weeks of a year that may reach into the year before or after. */
  private static final List<Integer> WEEKS_AT_AN_EDGE = List.of(1, 52, 53, -1, -52, -53);

  private InexactRule() {}

  /**
   * The part of a rule of {@code event} that is not expanded exactly; empty where all are. An event
   * may have several rules, and further ones for what it leaves out.
   */
  static Optional<String> of(VEvent event) {
    return Stream.concat(
            event.getProperties(RecurrenceRule.class).stream(),
            event.getProperties(ExceptionRule.class).stream())
        .map(property -> property.getValue())
        .filter(Objects::nonNull)
        .flatMap(rule -> of(rule).stream())
        .findFirst();
  }

  private static Optional<String> of(Recurrence rule) {
    Frequency frequency = rule.getFrequency();
    boolean hourly = frequency == Frequency.HOURLY;
    boolean daily = frequency == Frequency.DAILY;
    boolean steps = rule.getInterval() != null && rule.getInterval() > 1;
    if (hourly && steps && !rule.getByHour().isEmpty()) {
      return Optional.of("FREQ=HOURLY with INTERVAL and BYHOUR");
    }
    if (daily && steps && !(rule.getByMonth().isEmpty() && rule.getByMonthDay().isEmpty())) {
      return Optional.of("FREQ=DAILY with INTERVAL and BYMONTH or BYMONTHDAY");
    }
    if (!rule.getBySetPos().isEmpty() && (hourly || daily || !rule.getByHour().isEmpty())) {
      return Optional.of("BYSETPOS with FREQ=HOURLY, FREQ=DAILY or BYHOUR");
    }
    return rule.getByWeekNo().stream().anyMatch(WEEKS_AT_AN_EDGE::contains)
        ? Optional.of("BYWEEKNO of a week that may reach into another year")
        : Optional.empty();
  }
}
