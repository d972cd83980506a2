package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A time in which a scheduler ran.
 *
 * @param begunAt when it began to fire
 * @param seenAt until when it certainly ran: after an orderly stop its end, otherwise at most a
 *     minute before its end
 */
public record Session(Instant begunAt, Instant seenAt) {
  public Session {
    requireNonNull(begunAt, "begunAt is null");
    requireNonNull(seenAt, "seenAt is null");
  }
}
