package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * The target of a callback is unavailable: its fires wait. Or a source of actions cannot be read:
 * its actions continue as they were read last.
 *
 * @param callback its name; for a source, text that no callback can be called
 * @param since when it was found so
 * @param reason of the last attempt to reach it
 */
public record Outage(String callback, Instant since, String reason) {
  private static final String SOURCE = "source:";

  public Outage {
    requireNonNull(callback, "callback is null");
    requireNonNull(since, "since is null");
    requireNonNull(reason, "reason is null");
  }

  /** The source {@code name} cannot be read since then. */
  public static Outage ofSource(String name, Instant since, String reason) {
    return new Outage(SOURCE + name, since, reason);
  }

  /** The source that cannot be read; empty where a target is unavailable. */
  public Optional<String> source() {
    return callback.startsWith(SOURCE)
        ? Optional.of(callback.substring(SOURCE.length()))
        : Optional.empty();
  }
}
