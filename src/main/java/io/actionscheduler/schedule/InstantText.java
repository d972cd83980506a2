package io.actionscheduler.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads instants as people write them, to the microsecond. */
public final class InstantText {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})-(\\d{1,2})-(\\d{1,2})"
              + "(?:[T ](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?"
              + "(Z|[+-]\\d{2}(?::?\\d{2}(?::?\\d{2})?)?)?)?");

  private InstantText() {}

  /**
   * The instant that {@code text} stands for. Without an offset it is local in {@code zone}: in a
   * gap the first instant after it, in an overlap the first pass; without a time it is midnight.
   *
   * @param name what the value is called in the message of a fault
   * @throws InvalidSchedule when it is not a time, or finer than a microsecond
   */
  public static Instant read(String name, String text, ZoneId zone) throws InvalidSchedule {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw fault(
          name,
          text,
          "write 2026-05-05, 2026-05-05 10:30:00 or 2026-05-05T10:30:00, +02:00 or Z behind it");
    }
    int nanos = nanos(parts.group(7));
    if (nanos % 1000 != 0) {
      throw fault(name, text, "finer than a microsecond; write 6 decimals at most");
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(parts.group(1)),
              number(parts.group(2)),
              number(parts.group(3)),
              number(parts.group(4)),
              number(parts.group(5)),
              number(parts.group(6)),
              nanos);
      String offset = parts.group(8);
      return offset == null ? resolve(local, zone) : local.toInstant(ZoneOffset.of(offset));
    } catch (DateTimeException e) {
      throw fault(name, text, "no such date or time: " + e.getMessage());
    }
  }

  private static Instant resolve(LocalDateTime local, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    if (change == null) {
      return local.toInstant(zone.getRules().getOffset(local));
    }
    return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int nanos(String decimals) {
    return decimals == null ? 0 : Integer.parseInt((decimals + "00000000").substring(0, 9));
  }

  private static InvalidSchedule fault(String name, String text, String fault) {
    return new InvalidSchedule(name + " \"" + text + "\": " + fault);
  }
}
