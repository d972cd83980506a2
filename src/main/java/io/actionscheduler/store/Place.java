package io.actionscheduler.store;

import static java.util.Comparator.comparing;

import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.LedgerVersion;
import io.actionscheduler.fire.ProgressKey;
import java.time.Instant;
import java.util.Comparator;

/**
 * Where an entry of the ledger stands: there is one in each place, and the order is that of
 * reading.
 *
 * @param begunAt of the version
 * @param first scheduled time of a stretch; for a version, once more when it began
 */
record Place(ProgressKey key, Instant begunAt, Instant first) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      comparing((Place place) -> place.key.action())
          .thenComparing(place -> place.key.callback())
          .thenComparing(Place::begunAt)
          .thenComparing(Place::first);

  Place {
    begunAt = Micros.kept(begunAt); // what differs by less is one row
    first = Micros.kept(first);
  }

  static Place of(LedgerEntry entry) {
    return new Place(entry.key(), entry.begunAt(), entry.stretch().first());
  }

  static Place of(LedgerVersion version) {
    return new Place(version.key(), version.begunAt(), version.begunAt());
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}
