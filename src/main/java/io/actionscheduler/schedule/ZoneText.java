package io.actionscheduler.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Reads the names of time zones. */
public final class ZoneText {
  private ZoneText() {}

  /**
   * The zone that {@code id} names.
   *
   * @param name what the value is called in the message of a fault
   * @throws InvalidSchedule when there is no such zone; the message names the one that differs by
   *     case
   */
  public static ZoneId read(String name, String id) throws InvalidSchedule {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      Optional<String> odd = OddCharacters.namedInOneWord(id);
      if (odd.isPresent()) {
        throw new InvalidSchedule(name + " \"" + id + "\": " + odd.get());
      }
      String remedy =
          ZoneId.getAvailableZoneIds().stream()
              .filter(id::equalsIgnoreCase)
              .findFirst()
              .map(known -> "did you mean " + known + "?")
              .orElse("allowed are names of the IANA time zone database such as Europe/Berlin");
      throw new InvalidSchedule(name + " \"" + id + "\": unknown; " + remedy);
    }
  }

  /**
   * Whether the clocks of both zones always show the same from 1970 on, as those of {@code UTC} and
   * {@code Etc/UTC} do: a schedule of one is then a schedule of the other.
   */
  public static boolean sameRules(ZoneId one, ZoneId other) {
    return one.equals(other) || new ZoneTable(one).equals(new ZoneTable(other));
  }

  /** Whether they show the same from {@code since} on. */
  public static boolean sameRules(ZoneId one, ZoneId other, Instant since) {
    return one.equals(other)
        || new ZoneTable(one).agreesFrom(since.getEpochSecond(), new ZoneTable(other));
  }
}
