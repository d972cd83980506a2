package io.actionscheduler.schedule;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;

/**
 * When an action fires: its schedule, with the canonical text and the zone it was read from. Two
 * timings of the same text, zone and law are equal and share one place in the timetable, unless a
 * calendar leaves them different times.
 *
 * @param text the value of the {@code cron} column, JSON in canonical form (sorted keys, no spaces)
 * @param written the same value as its source has it, for people; plays no part in equality
 * @param zone the zone in force, wherever it came from
 * @param law the rules of the zone when this was read
 * @param jitter the longest delay of a fire after its scheduled time; zero for none
 */
public record Timing(
    String text, String written, ZoneId zone, ZoneLaw law, Duration jitter, Schedule schedule) {
  /**
   * @throws IllegalArgumentException when {@code jitter} is negative
   */
  public Timing {
    requireNonNull(text, "text is null");
    requireNonNull(written, "written is null");
    requireNonNull(zone, "zone is null");
    requireNonNull(law, "law is null");
    requireNonNull(jitter, "jitter is null");
    requireNonNull(schedule, "schedule is null");
    if (jitter.isNegative()) {
      throw new IllegalArgumentException("jitter " + jitter + " is negative");
    }
  }

  /** One under the law in force. */
  public Timing(String text, ZoneId zone, Duration jitter, Schedule schedule) {
    this(text, text, zone, ZoneLaw.of(zone), jitter, schedule);
  }

  /** The same timing, which its source has as {@code written}. */
  public Timing as(String written) {
    return written.equals(this.written)
        ? this
        : new Timing(text, written, zone, law, jitter, schedule);
  }

  /** The same with the times of {@code schedule}. */
  public Timing with(Schedule schedule) {
    return new Timing(text, written, zone, law, jitter, schedule);
  }

  /** The same with all times of its schedule, also those that its calendars exclude. */
  public Timing whole() {
    return schedule instanceof KeptTimes kept ? with(kept.whole()) : this;
  }

  /** How its zone is stored, with the law that it was read under. */
  public String storedZone() {
    return law.stored();
  }

  /**
   * Whether this is the schedule that was stored as {@code cron} and {@code zone}, under the same
   * law.
   *
   * @param zone as {@link #storedZone()} gave it
   */
  public boolean isStoredAs(String cron, String zone) {
    return text.equals(cron) && (storedZone().equals(zone) || isInForceAs(zone));
  }

  private boolean isInForceAs(String stored) {
    try {
      return ZoneLaw.zone(stored).equals(zone);
    } catch (DateTimeException e) {
      return false; // no data has it any more
    }
  }

  /** Whether it counts real time from a moment on, so that its times depend on that moment. */
  public boolean isInterval() {
    return schedule instanceof Interval;
  }

  /** Whether the law that this was read under is still the one in force. */
  public boolean isInForce() {
    return law.rules() == zone.getRules();
  }

  /** Whether {@code other} is written as this one, for the same zone under another law. */
  public boolean differsByLawFrom(Timing other) {
    return text.equals(other.text)
        && ZoneLaw.name(zone.getId()).equals(ZoneLaw.name(other.zone.getId()))
        && !law.rules().equals(other.law.rules());
  }

  /**
   * Whether both have the same fire times and the same jitter, even if they are written
   * differently: then a change from one to the other does not reschedule anything.
   */
  public boolean firesLike(Timing other) {
    return equals(other) || jitter.equals(other.jitter) && schedule.meansTheSameAs(other.schedule);
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || other instanceof Timing that
            && text.equals(that.text)
            && zone.equals(that.zone)
            && law.rules().equals(that.law.rules())
            && isKept() == that.isKept()
            && (!isKept() || schedule.equals(that.schedule));
  }

  private boolean isKept() {
    return schedule instanceof KeptTimes;
  }

  @Override
  public int hashCode() {
    return 31 * text.hashCode() + zone.hashCode();
  }
}
