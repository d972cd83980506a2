package io.actionscheduler.schedule;

import java.time.ZoneId;

/** Reads every form of a schedule. */
public final class ScheduleParser {

  /**
   * A format of {@code {"format": …, "params": {…}}} that this package does not hold itself
   * (Quartz's own expressions).
   */
  @FunctionalInterface
  public interface Format {
    /** The schedule that {@code value} stands for, in {@code zone}. */
    Schedule parse(String value, ZoneId zone) throws InvalidSchedule;
  }

  public ScheduleParser(UnixDialect dialect, Format quartz) {
    throw new UnsupportedOperationException("not written yet");
  }

  /**
   * The timing that {@code cron} stands for.
   *
   * @param text what becomes {@link Timing#text()}
   * @param cron plain text, or the map of a JSON form
   * @param zone for a schedule that names none itself
   */
  public Timing parse(String text, Object cron, ZoneId zone) throws InvalidSchedule {
    throw new UnsupportedOperationException("not written yet");
  }
}
