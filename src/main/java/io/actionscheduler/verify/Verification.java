package io.actionscheduler.verify;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Discrepancy;
import io.actionscheduler.fire.KeptTimings;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.LedgerStore;
import io.actionscheduler.fire.LedgerVersion;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.ProgressStore;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.fire.Verdict;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.ZoneLaw;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares the ledger with the schedules: finds out what became of every scheduled time of a
 * period. Its work grows with the number of stretches and days, not of fires. It can read the store
 * of a running scheduler, and needs no ownership.
 */
public final class Verification {
  private record Rule(String cron, String zone) {}

  private final Period period;
  private final KeptTimings timings;
  private final Findings findings;
  private final Optional<Received> received;
  private final Map<Rule, Optional<Timing>> read = new HashMap<>();
  private final Map<ActionId, List<Span>> spans = new LinkedHashMap<>();
  private final Counts total = new Counts();

  /**
   * @param received what reached the receiver, to check deliveries; empty to trust the callbacks
   */
  public Verification(
      Period period, KeptTimings timings, Findings findings, Optional<Received> received) {
    this.period = requireNonNull(period, "period is null");
    this.timings = requireNonNull(timings, "timings is null");
    this.findings = requireNonNull(findings, "findings is null");
    this.received = requireNonNull(received, "received is null");
  }

  /**
   * Runs the verification; called once.
   *
   * @param action empty for all
   * @return the verdicts on all scheduled times of the period
   * @throws StoreException when the store cannot be read
   */
  public <S extends ProgressStore & LedgerStore> Counts run(S store, Optional<ActionId> action)
      throws StoreException {
    // Progress first: what a running scheduler adds to the ledger meanwhile continues from it, so
    // that nothing is missed between the two.
    store.readAll(
        progress -> {
          if (action.map(progress.key().action()::equals).orElse(true)) {
            current(progress);
          }
        });
    store.readVersions(action, period.from(), period.to(), this::ended);
    findings.expected(spans.size());
    Stretches stretches = new Stretches();
    store.readLedger(action, period.from(), period.to(), stretches::next);
    stretches.end();
    return total;
  }

  private void current(Progress progress) {
    Optional<Timing> timing = timing(progress.key(), progress.cron(), progress.zone());
    timing.ifPresent(
        then ->
            tellLaw(progress.key(), then, progress.account().begunAt(), progress.settledUntil()));
    add(Span.of(progress, timing.map(Timing::schedule)));
  }

  private void ended(LedgerVersion version) {
    if (!version.endedAt().isAfter(version.begunAt())) {
      return; // it had no time at all; another one may have begun at the same moment
    }
    List<Span> known = spans.get(version.key().action());
    if (known != null) { // it ended since progress was read
      known.removeIf(
          span -> span.key.equals(version.key()) && span.begunAt.equals(version.begunAt()));
    }
    Optional<Timing> timing = timing(version.key(), version.cron(), version.zone());
    timing.ifPresent(then -> tellLaw(version.key(), then, version.begunAt(), version.endedAt()));
    add(Span.of(version, timing.map(Timing::schedule)));
  }

  private void add(Span span) {
    spans.computeIfAbsent(span.key.action(), id -> new ArrayList<>(1)).add(span);
  }

  private Optional<Timing> timing(ProgressKey key, String cron, String zone) {
    Optional<Timing> timing =
        read.computeIfAbsent(new Rule(cron, zone), rule -> timings.read(cron, zone));
    if (timing.isEmpty()) {
      findings.unreadable(key, cron, zone);
    }
    return timing;
  }

  private void tellLaw(ProgressKey key, Timing then, Instant begunAt, Instant until) {
    if (ZoneLaw.isFormer(then.zone())) {
      findings.formerLaw(key, then, begunAt, until);
    }
  }

  /** The ledger in the order in which it is read: by action, and in each version by time. */
  private final class Stretches {
    private ActionId action; // null before the first
    private Verdicts verdicts = new Verdicts();

    void next(LedgerEntry entry) {
      if (!entry.key().action().equals(action)) {
        if (action != null) {
          finish(action, spans.remove(action));
        }
        action = entry.key().action();
        verdicts = new Verdicts();
      }
      for (Span span : spans.getOrDefault(action, List.of())) {
        if (span.key.equals(entry.key()) && span.begunAt.equals(entry.begunAt())) {
          span.closed(entry.outcome(), entry.stretch(), period, verdicts);
        }
      }
    }

    void end() {
      if (action != null) {
        finish(action, spans.remove(action));
      }
      spans.forEach(
          (id, rest) -> {
            verdicts = new Verdicts();
            finish(id, rest);
          });
    }

    private void finish(ActionId id, List<Span> its) {
      if (its == null) {
        return; // the version of these stretches was removed while they were read
      }
      findings.looked();
      Instant begunAt = its.stream().map(span -> span.begunAt).min(Instant::compareTo).orElse(null);
      for (Span span : its) {
        if (span.begunAt.equals(begunAt)) {
          span.unknown(period, verdicts);
        }
        span.end(period, verdicts);
      }
      if (verdicts.counts.total() > 0 || !verdicts.counts.isGood()) {
        total.add(verdicts.counts);
        findings.action(id, verdicts.counts);
      }
    }
  }

  private final class Verdicts implements Span.Sink {
    private final Counts counts = new Counts();

    @Override
    public void count(Verdict verdict, long count) {
      counts.add(verdict, count);
    }

    @Override
    public void found(Discrepancy discrepancy) {
      findings.discrepancy(discrepancy);
    }

    @Override
    public void unreceived(
        ProgressKey key, Schedule schedule, Period.Part part, Consumer<Stretch> each) {
      received.ifPresent(got -> got.missing(key, schedule, part, each));
    }
  }
}
