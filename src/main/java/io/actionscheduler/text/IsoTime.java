package io.actionscheduler.text;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Instants as text in ISO 8601. */
public final class IsoTime {
  private static final DateTimeFormatter SECONDS = formatter(0);
  private static final DateTimeFormatter MICROSECONDS = formatter(6);

  private IsoTime() {}

  /**
   * {@code 2026-11-01T01:30:00-04:00}: {@code at} by the clock of {@code zone} with its offset,
   * always with seconds, with six decimals where it is no whole second.
   */
  public static String text(Instant at, ZoneId zone) {
    OffsetDateTime local = at.atZone(zone).toOffsetDateTime();
    return (at.getNano() == 0 ? SECONDS : MICROSECONDS).format(local);
  }

  /** {@code 2026-11-01T05:30:00+00:00}: {@code at} in UTC. */
  public static String utc(Instant at) {
    return text(at, ZoneOffset.UTC);
  }

  private static DateTimeFormatter formatter(int decimals) {
    DateTimeFormatterBuilder builder =
        new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("'T'HH:mm:ss");
    if (decimals > 0) {
      builder.appendFraction(ChronoField.NANO_OF_SECOND, decimals, decimals, true);
    }
    return builder.appendOffset("+HH:MM:ss", "+00:00").toFormatter();
  }
}
