package io.actionscheduler.schedule;

import java.time.DateTimeException;
import java.time.ZoneId;

/** Reads the names of time zones. */
public final class ZoneText {
  private ZoneText() {}

  /**
   * The zone that {@code id} names.
   *
   * @param name what the value is called in the message of a fault
   */
  public static ZoneId read(String name, String id) throws InvalidSchedule {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      String remedy =
          ZoneId.getAvailableZoneIds().stream()
              .filter(id::equalsIgnoreCase)
              .findFirst()
              .map(known -> "did you mean " + known + "?")
              .orElse("allowed are names of the IANA time zone database such as Europe/Berlin");
      throw new InvalidSchedule(name + " \"" + id + "\": unknown; " + remedy);
    }
  }
}
