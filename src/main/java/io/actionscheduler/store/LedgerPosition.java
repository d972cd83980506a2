package io.actionscheduler.store;

import static java.util.Comparator.comparing;

import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.LedgerVersion;
import io.actionscheduler.fire.ProgressKey;
import java.time.Instant;
import java.util.Comparator;

/**
 * The position of an entry of the ledger, unique for each entry; the order is that of reading.
 *
 * @param begunAt of the version
 * @param first scheduled time of a stretch; for a version, once more when it began
 */
record LedgerPosition(ProgressKey key, Instant begunAt, Instant first)
    implements Comparable<LedgerPosition> {
  private static final Comparator<LedgerPosition> ORDER =
      comparing((LedgerPosition place) -> place.key.action())
          .thenComparing(place -> place.key.callback())
          .thenComparing(LedgerPosition::begunAt)
          .thenComparing(LedgerPosition::first);

  LedgerPosition {
    begunAt = Micros.kept(begunAt); // what differs by less is one row
    first = Micros.kept(first);
  }

  // What records have by themselves is made by the JDK at the first call, which delays the start.

  @Override
  public boolean equals(Object other) {
    return other instanceof LedgerPosition that
        && key.equals(that.key)
        && begunAt.equals(that.begunAt)
        && first.equals(that.first);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * key.hashCode() + begunAt.hashCode()) + first.hashCode();
  }

  static LedgerPosition of(LedgerEntry entry) {
    return new LedgerPosition(entry.key(), entry.begunAt(), entry.stretch().first());
  }

  static LedgerPosition of(LedgerVersion version) {
    return new LedgerPosition(version.key(), version.begunAt(), version.begunAt());
  }

  @Override
  public int compareTo(LedgerPosition other) {
    return ORDER.compare(this, other);
  }
}
