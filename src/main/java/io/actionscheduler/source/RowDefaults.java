package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * The values that replace a row's NULL, and the callbacks and calendars that a row may name.
 *
 * @param actualityTime seconds; negative: a missed fire never expires
 * @param callbacks names of the callbacks of an action that names none; never empty
 * @param known names of all callbacks
 * @param calendars names of all calendars
 */
public record RowDefaults(
    boolean mergeMissed,
    long actualityTime,
    ZoneId zone,
    List<String> callbacks,
    Set<String> known,
    Set<String> calendars) {
  /**
   * @throws IllegalArgumentException when there is no callback, or one that is not known
   */
  public RowDefaults {
    requireNonNull(zone, "zone is null");
    callbacks = List.copyOf(callbacks);
    known = Set.copyOf(known);
    calendars = Set.copyOf(calendars);
    if (callbacks.isEmpty()) {
      throw new IllegalArgumentException("callbacks is empty");
    }
    if (!known.containsAll(callbacks)) {
      throw new IllegalArgumentException("callbacks " + callbacks + " are not all in " + known);
    }
  }

  /** Where there is no calendar. */
  public RowDefaults(
      boolean mergeMissed,
      long actualityTime,
      ZoneId zone,
      List<String> callbacks,
      Set<String> known) {
    this(mergeMissed, actualityTime, zone, callbacks, known, Set.of());
  }
}
