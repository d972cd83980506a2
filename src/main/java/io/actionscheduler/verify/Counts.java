package io.actionscheduler.verify;

import io.actionscheduler.fire.Verdict;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** How many scheduled times got which verdict. */
public final class Counts {
  private final long[] counts = new long[Verdict.values().length];

  void add(Verdict verdict, long count) {
    counts[verdict.ordinal()] += count;
  }

  void add(Counts other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  public long of(Verdict verdict) {
    return counts[verdict.ordinal()];
  }

  /** How many scheduled times there are; one that the ledger has twice counts once. */
  public long total() {
    long total = 0;
    for (Verdict verdict : Verdict.values()) {
      total += verdict == Verdict.DOUBLED ? 0 : of(verdict);
    }
    return total;
  }

  /** Whether the ledger and the schedules agree. */
  public boolean isGood() {
    return of(Verdict.LOST) == 0 && of(Verdict.DOUBLED) == 0;
  }

  /** Every verdict with its count, zeros too. */
  public Map<Verdict, Long> byVerdict() {
    Map<Verdict, Long> all = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      all.put(verdict, of(verdict));
    }
    return Collections.unmodifiableMap(all);
  }
}
