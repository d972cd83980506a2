package io.actionscheduler.move.systemd;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.move.Elsewhere;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The times at which systemd elapses a calendar event. A time that the clock skips does not elapse.
 * A time that the clock shows twice elapses the first time, also for {@code hourly} and {@code
 * *:00}: nothing elapses in the repeated hour.
 */
public final class CalendarTimes implements Elsewhere {
  private final CalendarEvent event;
  private final ZoneRules rules;

  /**
   * @param zone of events that name none
   */
  public CalendarTimes(CalendarEvent event, ZoneId zone) {
    this.event = requireNonNull(event, "event is null");
    this.rules = event.zone().orElse(zone).getRules();
  }

  @Override
  public long[] between(Instant from, Instant to) {
    LongStream.Builder times = LongStream.builder();
    LocalDate last = date(to);
    for (LocalDate day = date(from); !day.isAfter(last); day = day.plusDays(1)) {
      if (isDay(day)) {
        day(day, times);
      }
    }
    return times
        .build()
        .filter(at -> at > from.getEpochSecond() && at <= to.getEpochSecond())
        .sorted()
        .toArray();
  }

  /** The times of several events of one timer, which elapses once where they coincide. */
  public static Elsewhere of(List<CalendarTimes> events) {
    return (from, to) -> {
      LongStream all = LongStream.empty();
      for (CalendarTimes event : events) {
        all = LongStream.concat(all, Arrays.stream(event.between(from, to)));
      }
      return all.sorted().distinct().toArray();
    };
  }

  private LocalDate date(Instant at) {
    return LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, rules.getOffset(at)).toLocalDate();
  }

  private boolean isDay(LocalDate day) {
    CalendarEvent.Months months = event.months();
    int number =
        months.fromTheEnd() ? day.lengthOfMonth() - day.getDayOfMonth() + 1 : day.getDayOfMonth();
    return event.weekdays().get(day.getDayOfWeek().getValue())
        && event.years().get(day.getYear())
        && months.months().get(day.getMonthValue())
        && months.days().get(number);
  }

  private void day(LocalDate day, LongStream.Builder times) {
    BitSet hours = event.time().hours();
    BitSet minutes = event.time().minutes();
    BitSet seconds = event.time().seconds();
    for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
      for (int at = minutes.nextSetBit(0); at >= 0; at = minutes.nextSetBit(at + 1)) {
        LocalDateTime minute = LocalDateTime.of(day, LocalTime.of(hour, at));
        List<ZoneOffset> offsets = rules.getValidOffsets(minute);
        if (offsets.isEmpty()) {
          continue;
        }
        long second = minute.toEpochSecond(offsets.get(0));
        for (int of = seconds.nextSetBit(0); of >= 0; of = seconds.nextSetBit(of + 1)) {
          times.add(second + of);
        }
      }
    }
  }
}
