package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.check.LedgerCheck;
import io.actionscheduler.fire.Discrepancy;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Verdict;
import io.actionscheduler.fire.Verified;
import io.actionscheduler.text.CronReader;
import io.actionscheduler.verify.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies the ledger of the running scheduler periodically, and logs the result. */
final class LedgerWatch {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final int NAMED_IN_LOG = 20;

  private final Store store;
  private final CronReader crons;
  private final Duration every;
  private final InstantSource clock;

  LedgerWatch(Store store, CronReader crons, Duration every, InstantSource clock) {
    this.store = requireNonNull(store, "store is null");
    this.crons = requireNonNull(crons, "crons is null");
    this.every = requireNonNull(every, "every is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** How long to wait for the first verification, so that restarts do not postpone it. */
  Duration untilFirst() {
    try {
      Instant now = clock.instant();
      return store
          .lastVerified()
          .map(last -> Duration.between(now, last.at().plus(every)))
          .filter(wait -> wait.compareTo(FIRST) > 0 && wait.compareTo(every) <= 0)
          .orElse(every.compareTo(FIRST) < 0 ? every : FIRST);
    } catch (StoreException e) {
      return FIRST; // if the store fails, the verification itself reports that
    }
  }

  /** Verifies the fires that were scheduled since the last verification. */
  void verify() {
    try {
      Instant now = clock.instant();
      Optional<Verified> last = store.lastVerified();
      Instant day = now.minus(every);
      Instant from = last.map(Verified::to).filter(to -> to.isBefore(day)).orElse(day);
      LedgerCheck check = new LedgerCheck(store, crons, (id, counts) -> {});
      Verified verified = check.run(new Period(from, now), Optional.empty(), Optional.empty(), now);
      check.unreadable().stream().limit(NAMED_IN_LOG).forEach(LOG::warn);
      check.formerLaws().forEach(LOG::info);
      tell(verified);
      store.keepVerified(verified);
    } catch (StoreException e) {
      LOG.warn("the ledger was not verified: {}", e.getMessage());
    }
  }

  private static void tell(Verified verified) {
    if (verified.isGood()) {
      LOG.info("{}", sentence(verified));
    } else {
      LOG.error(
          "{}: {}{}",
          sentence(verified),
          verified.named().stream()
              .limit(NAMED_IN_LOG)
              .map(LedgerWatch::name)
              .collect(Collectors.joining("; ")),
          verified.named().size() > NAMED_IN_LOG ? "; … (see: verify --last)" : "");
    }
  }

  private static String sentence(Verified verified) {
    String counts =
        verified.counts().entrySet().stream()
            .filter(count -> count.getValue() > 0)
            .map(
                count ->
                    count.getValue()
                        + " "
                        + count.getKey()
                        + (count.getKey() == Verdict.UNKNOWN ? " (before the ledger began)" : ""))
            .collect(Collectors.joining(", "));
    return "verified "
        + verified.from()
        + " to "
        + verified.to()
        + ", "
        + verified.count(Verdict.LOST)
        + " lost: "
        + (counts.isEmpty() ? "nothing was scheduled" : counts);
  }

  private static String name(Discrepancy found) {
    return "action "
        + found.key().action()
        + " at "
        + found.key().callback()
        + ": "
        + found.fires().count()
        + " "
        + found.verdict()
        + " from "
        + found.fires().first()
        + " to "
        + found.fires().last();
  }
}
