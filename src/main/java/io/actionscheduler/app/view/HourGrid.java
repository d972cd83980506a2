package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The hours of some days as columns, each divided into equal parts. Where a clock is set back, the
 * hour that comes twice has two columns; where it is set forward, the day has no such hour.
 */
public final class HourGrid {
  private static final int MINUTES = 60;

  private final ZoneId zone;
  private final List<Hour> hours;
  private final int perHour;
  private final Map<Hour, Integer> index = new HashMap<>();

  /**
   * An hour of the wall clock.
   *
   * @param again whether it is the one that comes after the clock was set back
   */
  public record Hour(int hour, boolean again) implements Comparable<Hour> {
    @Override
    public int compareTo(Hour other) {
      return hour == other.hour
          ? Boolean.compare(again, other.again)
          : Integer.compare(hour, other.hour);
    }
  }

  private HourGrid(ZoneId zone, List<Hour> hours, int perHour) {
    this.zone = requireNonNull(zone, "zone is null");
    this.hours = List.copyOf(hours);
    this.perHour = perHour;
    for (int i = 0; i < hours.size(); i++) {
      index.put(hours.get(i), i);
    }
  }

  /** The hours of {@code days} days from {@code first} on, each as one part. */
  public static HourGrid of(ZoneId zone, LocalDate first, int days) {
    TreeSet<Hour> hours = new TreeSet<>();
    Instant end = first.plusDays(days).atStartOfDay(zone).toInstant();
    Instant at = first.atStartOfDay(zone).toInstant();
    while (at.isBefore(end)) { // offsets are whole quarters of an hour wherever people live
      hours.add(hour(zone, at));
      at = at.plusSeconds(15 * MINUTES);
    }
    return new HourGrid(zone, new ArrayList<>(hours), 1);
  }

  /** Its columns, in the order of the day. */
  public List<Hour> hours() {
    return hours;
  }

  /** How many parts each hour has. */
  public int perHour() {
    return perHour;
  }

  /**
   * The same with more or fewer parts of each hour.
   *
   * @throws IllegalArgumentException where they have no whole number of minutes
   */
  public HourGrid with(int parts) {
    if (parts < 1 || MINUTES % parts != 0) {
      throw new IllegalArgumentException(parts + " parts of an hour");
    }
    return new HourGrid(zone, hours, parts);
  }

  /** How many cells a line has. */
  public int cells() {
    return hours.size() * perHour;
  }

  /** The column of {@code at}, whose hour is one of these. */
  public int cell(Instant at) {
    Hour hour = hour(zone, at);
    int minute = at.atZone(zone).getMinute();
    return index.get(hour) * perHour + minute * perHour / MINUTES;
  }

  private static Hour hour(ZoneId zone, Instant at) {
    LocalDateTime local = LocalDateTime.ofInstant(at, zone);
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    boolean again = offsets.size() > 1 && zone.getRules().getOffset(at).equals(offsets.get(1));
    return new Hour(local.getHour(), again);
  }

  /** When {@code day} begins. */
  Instant begin(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  /** When the day after {@code day} begins. */
  Instant end(LocalDate day) {
    return begin(day.plusDays(1));
  }

  /** Which cells exist on {@code day}. */
  public boolean[] existing(LocalDate day) {
    boolean[] exist = new boolean[cells()];
    Instant end = end(day);
    for (Instant at = begin(day); at.isBefore(end); at = at.plusSeconds(MINUTES)) {
      exist[cell(at)] = true;
    }
    return exist;
  }

  /** What {@code day} has of clock changes, in words; empty where it has 24 hours. */
  public Optional<String> change(LocalDate day) {
    ZoneOffsetTransition change = zone.getRules().nextTransition(begin(day).minusSeconds(1));
    if (change == null || !change.getInstant().isBefore(end(day))) {
      return Optional.empty();
    }
    String times =
        change.getDateTimeBefore().toLocalTime() + " to " + change.getDateTimeAfter().toLocalTime();
    return Optional.of(
        day
            + ": the clock is set from "
            + times
            + (change.isGap()
                ? ", the times between do not exist"
                : ", the times between come twice"));
  }
}
