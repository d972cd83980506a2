package io.actionscheduler.engine.record;

import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.schedule.Micros;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes values that records are composed of. Records that follow each other are of actions that
 * fired together, and have the same values as a rule: they share one object then. For one thread.
 */
final class Alike {
  private long micros;
  private Instant instant = Instant.EPOCH; // of these microseconds
  private Account account = Account.begun(Instant.EPOCH);
  private long begun; // microseconds of that account, as is the next
  private long first;
  private Stretch only = Stretch.of(Instant.EPOCH);
  private Optional<Instant> present = Optional.of(Instant.EPOCH);

  /** The instant of so many microseconds. */
  Instant instant(long at) {
    if (at != micros) {
      instant = Micros.instant(at);
      micros = at;
    }
    return instant;
  }

  /** The fire at {@code at} alone. */
  Stretch only(Instant at) {
    if (!at.equals(only.first())) {
      only = Stretch.of(at);
    }
    return only;
  }

  /** {@code at}, which is there. */
  Optional<Instant> present(Instant at) {
    if (!at.equals(present.orElseThrow())) {
      present = Optional.of(at);
    }
    return present;
  }

  /**
   * The open end of a ledger; times in microseconds.
   *
   * @param outcome null for none
   */
  Account account(long begunAt, Outcome outcome, long firstAt, long count) {
    if (begun != begunAt
        || first != firstAt
        || account.count() != count
        || account.outcome().orElse(null) != outcome) {
      account =
          new Account(
              Micros.instant(begunAt),
              Optional.ofNullable(outcome),
              Micros.instant(firstAt),
              count);
      begun = begunAt;
      first = firstAt;
    }
    return account;
  }
}
