package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The target of a callback is unavailable: its fires wait.
 *
 * @param callback its name
 * @param since when it was found so
 * @param reason of the last attempt to reach it
 */
public record Outage(String callback, Instant since, String reason) {
  public Outage {
    requireNonNull(callback, "callback is null");
    requireNonNull(since, "since is null");
    requireNonNull(reason, "reason is null");
  }
}
