package io.actionscheduler.zone;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Date;
import java.util.TimeZone;

/**
 * A zone of java.time as a {@link java.util.TimeZone}, for libraries that format dates with it.
 * java.util has its own data, which cannot be replaced; this zone follows the law in force.
 */
final class OldTimeZone extends TimeZone {
  private static final long serialVersionUID = 1;

  // In 2000 and in 2037; made of numbers, since reading texts takes some milliseconds of the start.
  private static final Instant FIRST_COMPARED = Instant.ofEpochSecond(946_684_800L);
  private static final Instant LAST_COMPARED = Instant.ofEpochSecond(2_114_380_800L);

  private final ZoneId zone;
  private final int raw;
  private final int saving;

  /**
   * @param id what java.util calls it; databases and mail servers may be told this
   * @param at about now: the two offsets between which the clock goes to and fro are those of the
   *     year around
   */
  OldTimeZone(String id, ZoneId zone, Instant at) {
    this.zone = requireNonNull(zone, "zone is null");
    setID(id);
    ZoneRules rules = zone.getRules();
    int here = rules.getOffset(at).getTotalSeconds();
    int lowest = here;
    int highest = here;
    for (ZoneOffsetTransition change :
        new ZoneOffsetTransition[] {rules.previousTransition(at), rules.nextTransition(at)}) {
      boolean near =
          change != null && Math.abs(change.toEpochSecond() - at.getEpochSecond()) < 366L * 86_400;
      for (ZoneOffset offset :
          near
              ? new ZoneOffset[] {change.getOffsetBefore(), change.getOffsetAfter()}
              : new ZoneOffset[0]) {
        lowest = Math.min(lowest, offset.getTotalSeconds());
        highest = Math.max(highest, offset.getTotalSeconds());
      }
    }
    this.raw = lowest * 1000;
    this.saving = (highest - lowest) * 1000;
  }

  /** Whether java.util shows the same time as java.time does, in this century. */
  static boolean agrees(TimeZone old, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    Instant at = FIRST_COMPARED;
    while (at != null && at.isBefore(LAST_COMPARED)) {
      if (old.getOffset(at.toEpochMilli()) != rules.getOffset(at).getTotalSeconds() * 1000) {
        return false;
      }
      ZoneOffsetTransition next = rules.nextTransition(at);
      at = next == null ? null : next.getInstant();
    }
    // Where it has changes that this law has not.
    for (at = FIRST_COMPARED; at.isBefore(LAST_COMPARED); at = at.plusSeconds(30 * 86_400)) {
      if (old.getOffset(at.toEpochMilli()) != rules.getOffset(at).getTotalSeconds() * 1000) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int getOffset(long millis) {
    return zone.getRules().getOffset(Instant.ofEpochMilli(millis)).getTotalSeconds() * 1000;
  }

  @Override
  public int getOffset(int era, int year, int month, int day, int dayOfWeek, int millis) {
    LocalDateTime local =
        LocalDateTime.of(year, month + 1, day, 0, 0).plusNanos(millis * 1_000_000L);
    return zone.getRules().getOffset(local).getTotalSeconds() * 1000;
  }

  @Override
  public void setRawOffset(int offset) {
    throw new UnsupportedOperationException("the law sets the offset of " + zone);
  }

  @Override
  public int getRawOffset() {
    return raw;
  }

  @Override
  public int getDSTSavings() {
    return saving;
  }

  @Override
  public boolean useDaylightTime() {
    return saving != 0;
  }

  @Override
  public boolean inDaylightTime(Date date) {
    return getOffset(date.getTime()) != raw;
  }

  @Override
  public ZoneId toZoneId() {
    return zone;
  }
}
