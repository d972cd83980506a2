package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The result of a verification.
 *
 * @param at when it was made
 * @param from the first scheduled time of its period
 * @param to the scheduled time before which its period ends
 * @param zoneData version of the time zone data that it was made with
 * @param counts scheduled times by verdict; one that is not there is 0
 * @param named the first ones that are lost or doubled; the counts may know of more
 */
public record Verified(
    Instant at,
    Instant from,
    Instant to,
    String zoneData,
    Map<Verdict, Long> counts,
    List<Discrepancy> named) {
  public Verified {
    requireNonNull(at, "at is null");
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    requireNonNull(zoneData, "zoneData is null");
    Map<Verdict, Long> sorted = new EnumMap<>(Verdict.class);
    sorted.putAll(counts);
    counts = Collections.unmodifiableMap(sorted);
    named = List.copyOf(named);
  }

  public long count(Verdict verdict) {
    return counts.getOrDefault(verdict, 0L);
  }

  /** Whether the ledger and the schedules agree. */
  public boolean isGood() {
    return count(Verdict.LOST) == 0 && count(Verdict.DOUBLED) == 0;
  }
}
