package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The process that holds the lease of a store.
 *
 * @param since when it became the owner, by the clock of the store's database
 * @param leaseUntil when its lease ends unless it is renewed, by the same clock
 */
public record StoreOwner(String host, long pid, Instant since, Instant leaseUntil) {
  public StoreOwner {
    requireNonNull(host, "host is null");
    requireNonNull(since, "since is null");
    requireNonNull(leaseUntil, "leaseUntil is null");
  }

  /** Whether {@code other} is the same process, in the same time as the owner. */
  public boolean isSameAs(StoreOwner other) {
    return host.equals(other.host) && pid == other.pid && since.equals(other.since);
  }

  /** How messages name it: {@code pid 4711 on host-a, since 2026-11-20T10:00:00Z}. */
  public String text() {
    return "pid " + pid + " on " + host + ", since " + since.truncatedTo(ChronoUnit.SECONDS);
  }
}
