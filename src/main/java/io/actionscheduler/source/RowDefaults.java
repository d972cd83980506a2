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
 * @param known names of all callbacks and calendars
 */
public record RowDefaults(
    boolean mergeMissed,
    long actualityTime,
    ZoneId zone,
    List<String> callbacks,
    KnownNames known) {
  /**
   * @throws IllegalArgumentException when there is no callback, or one that is not known
   */
  public RowDefaults {
    requireNonNull(zone, "zone is null");
    requireNonNull(known, "known is null");
    callbacks = List.copyOf(callbacks);
    if (callbacks.isEmpty()) {
      throw new IllegalArgumentException("callbacks is empty");
    }
    Set<String> names = known.now().callbacks();
    if (!names.containsAll(callbacks)) {
      throw new IllegalArgumentException("callbacks " + callbacks + " are not all in " + names);
    }
  }

  /** Where there is no calendar, and the names of all callbacks stay as they are. */
  public RowDefaults(
      boolean mergeMissed,
      long actualityTime,
      ZoneId zone,
      List<String> callbacks,
      Set<String> known) {
    this(
        mergeMissed,
        actualityTime,
        zone,
        callbacks,
        new KnownNames(new KnownNames.Names(known, Set.of())));
  }
}
