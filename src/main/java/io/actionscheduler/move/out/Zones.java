package io.actionscheduler.move.out;

import java.time.ZoneId;
import java.util.regex.Pattern;

/** Zones by the names that other programs know as well. */
final class Zones {
  /** Java's own names of offsets: {@code +05:30}, {@code UTC+2}. */
  private static final Pattern OFFSET = Pattern.compile("(?:UTC|GMT|UT)?[+-].*");

  private Zones() {}

  /**
   * @throws NotSaid where the zone is a plain offset
   */
  static String named(ZoneId zone, String program) throws NotSaid {
    String id = zone.getId();
    if (OFFSET.matcher(id).matches()) {
      throw new NotSaid(program + " knows no zone " + id + "; name a region, such as Asia/Kolkata");
    }
    return id.equals("Z") ? "UTC" : id;
  }

  /** Whether both are the same clock, whatever they are called. */
  static boolean areSame(ZoneId one, ZoneId other) {
    return one.getRules().equals(other.getRules());
  }
}
