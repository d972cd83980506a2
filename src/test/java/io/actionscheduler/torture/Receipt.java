package io.actionscheduler.torture;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What a receiver got, and when by its own clock.
 *
 * @param pid the process that sent it; 0 where the way does not tell
 * @param action and {@code scheduledAt}: the fire id that came with it
 * @param accepted whether the receiver took it; otherwise it answered no
 */
record Receipt(
    Instant receivedAt,
    long pid,
    int action,
    Instant scheduledAt,
    Passport passport,
    boolean accepted) {

  /** What came with it, beside its fire id. */
  record Passport(int attempt, Merged merged, String command) {
    Passport {
      requireNonNull(merged, "merged is null");
      requireNonNull(command, "command is null");
    }
  }

  /** The passport's word on missed fires that this one stands for, too. */
  record Merged(long count, Optional<Instant> first, Optional<Instant> last) {
    static final Merged NONE = new Merged(0, Optional.empty(), Optional.empty());

    static Merged of(long count, Instant first, Instant last) {
      return new Merged(count, Optional.of(first), Optional.of(last));
    }

    boolean covers(Instant at) {
      return count > 0
          && first.isPresent()
          && last.isPresent()
          && !at.isBefore(first.get())
          && !at.isAfter(last.get());
    }
  }

  Receipt {
    requireNonNull(receivedAt, "receivedAt is null");
    requireNonNull(scheduledAt, "scheduledAt is null");
    requireNonNull(passport, "passport is null");
  }

  Merged merged() {
    return passport.merged();
  }

  /** The fire id: {@code 7@2026-11-20T10:00:00Z}. */
  String id() {
    return action + "@" + scheduledAt;
  }
}
