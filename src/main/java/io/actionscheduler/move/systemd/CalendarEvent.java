package io.actionscheduler.move.systemd;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.util.BitSet;
import java.util.Optional;

/**
 * A calendar event of systemd, such as {@code Mon..Fri *-*-* 09:00}: all of it must match.
 *
 * @param weekdays 1 is Monday; all where none is named
 * @param zone that it names
 */
public record CalendarEvent(
    BitSet weekdays, BitSet years, Months months, Time time, Optional<ZoneId> zone) {
  public static final int FIRST_YEAR = 1970;
  public static final int LAST_YEAR = 2199;

  /** Months, and their days: dates, or days counted from the last one, which is 1. */
  record Months(BitSet months, BitSet days, boolean fromTheEnd) {}

  /** Times of the day. */
  record Time(BitSet hours, BitSet minutes, BitSet seconds) {}

  /** Why a text is not a calendar event, or not one of whole seconds. */
  public static final class Unreadable extends Exception {
    private final boolean isFault;

    Unreadable(String reason, boolean isFault) {
      super(reason);
      this.isFault = isFault;
    }

    /** Whether systemd refuses it, too. */
    public boolean isFault() {
      return isFault;
    }
  }

  public CalendarEvent {
    requireNonNull(weekdays, "weekdays is null");
    requireNonNull(years, "years is null");
    requireNonNull(months, "months is null");
    requireNonNull(time, "time is null");
    requireNonNull(zone, "zone is null");
  }

  /**
   * Reads a value of {@code OnCalendar=}.
   *
   * @throws Unreadable when systemd refuses it, or it names fractions of a second or a zone by an
   *     abbreviation
   */
  public static CalendarEvent read(String text) throws Unreadable {
    return new CalendarText(text).read();
  }

  CalendarEvent in(ZoneId other) {
    return new CalendarEvent(weekdays, years, months, time, Optional.of(other));
  }

  /** All values from {@code first} to {@code last}. */
  static BitSet all(int first, int last) {
    BitSet values = new BitSet();
    values.set(first, last + 1);
    return values;
  }
}
