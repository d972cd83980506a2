package io.actionscheduler.db;

import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.Progress;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as they are stored: whole microseconds since 1970-01-01T00:00:00Z. */
public final class Micros {
  private static final long PER_SECOND = 1_000_000;
  private static final BigDecimal LATEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private Micros() {}

  /** Rounds towards the past; moments beyond the range of a long become its smallest or largest. */
  public static long of(Instant at) {
    if (Math.abs(at.getEpochSecond()) >= Long.MAX_VALUE / PER_SECOND) {
      return at.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return at.getEpochSecond() * PER_SECOND + at.getNano() / 1_000;
  }

  public static Instant at(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1_000);
  }

  /** From seconds as a floating point number, as the Python program stores them, rounded. */
  public static Instant atSeconds(double seconds) {
    BigDecimal micros =
        new BigDecimal(seconds).movePointRight(6).setScale(0, RoundingMode.HALF_EVEN);
    return at(micros.max(LATEST.negate()).min(LATEST).longValueExact());
  }

  public static Instant kept(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }

  public static Account kept(Account one) {
    return new Account(kept(one.begunAt()), one.outcome(), kept(one.first()), one.count());
  }

  public static Progress kept(Progress one) {
    Instant settledUntil = kept(one.settledUntil());
    Account account = kept(one.account());
    return settledUntil.equals(one.settledUntil()) && account.equals(one.account())
        ? one
        : new Progress(
            one.key(), settledUntil, one.cron(), one.zone(), one.paused(), account, one.open());
  }
}
