package io.actionscheduler.cli;

import io.actionscheduler.schedule.InstantText;
import io.actionscheduler.schedule.InvalidSchedule;
import java.time.Instant;
import java.time.ZoneId;

/** Moments as options. */
final class TimeOption {
  private TimeOption() {}

  /**
   * The moment that {@code text} stands for.
   *
   * @param zone of a time without an offset
   */
  static Instant read(String name, String text, ZoneId zone) throws WrongUsage {
    try {
      return InstantText.read(name, text, zone);
    } catch (InvalidSchedule e) {
      throw new WrongUsage(e.getMessage());
    }
  }
}
