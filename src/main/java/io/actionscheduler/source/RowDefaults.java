package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * The values that replace a row's NULL, and the callbacks that a row may name.
 *
 * @param actualityTime seconds; negative: a missed fire never expires
 * @param callbacks names of the callbacks of an action that names none; never empty
 * @param known names of all callbacks
 */
public record RowDefaults(
    boolean mergeMissed,
    long actualityTime,
    ZoneId zone,
    List<String> callbacks,
    Set<String> known) {
  public RowDefaults {
    requireNonNull(zone, "zone is null");
    callbacks = List.copyOf(callbacks);
    known = Set.copyOf(known);
    if (callbacks.isEmpty()) {
      throw new IllegalArgumentException("callbacks is empty");
    }
    if (!known.containsAll(callbacks)) {
      throw new IllegalArgumentException("callbacks " + callbacks + " are not all in " + known);
    }
  }
}
