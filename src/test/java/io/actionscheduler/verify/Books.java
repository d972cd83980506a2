package io.actionscheduler.verify;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.Discrepancy;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.LedgerStore;
import io.actionscheduler.fire.LedgerVersion;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.ProgressStore;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Progress and a ledger written by hand, as short as a test can say it, and what is found there.
 */
public final class Books implements ProgressStore, LedgerStore, Findings {
  public final List<Progress> progress = new ArrayList<>();
  public final List<LedgerVersion> versions = new ArrayList<>();
  public final List<LedgerEntry> ledger = new ArrayList<>();
  public final List<Discrepancy> found = new ArrayList<>();
  final Map<String, Counts> actions = new HashMap<>();
  Optional<Received> received = Optional.empty();
  int unreadable;
  final Set<String> formerLaws = new TreeSet<>();

  private static final CronReader CRONS =
      new CronReader(new ScheduleParser(UnixDialect.CRONTAB, value -> null));

  /** {@code 10:05} on the day of these books. */
  static Instant at(String time) {
    return Instant.parse("2026-03-02T" + time + (time.length() == 5 ? ":00Z" : "Z"));
  }

  static ProgressKey key(int action) {
    return new ProgressKey(ActionId.of(action), "main");
  }

  /** One minutely action, begun at ten, open since {@code first} with {@code count} fires. */
  Books current(int action, String begun, Outcome outcome, String first, String until, long count) {
    progress.add(
        new Progress(
            key(action),
            at(until),
            "* * * * *",
            "UTC",
            false,
            new Account(at(begun), Optional.of(outcome), at(first), count),
            Optional.empty()));
    return this;
  }

  Books begun(int action, String begun, boolean paused) {
    progress.add(
        new Progress(
            key(action),
            at(begun),
            "* * * * *",
            "UTC",
            paused,
            Account.begun(at(begun)),
            Optional.empty()));
    return this;
  }

  Books ended(int action, String cron, String begun, String ended) {
    versions.add(new LedgerVersion(key(action), cron, "UTC", at(begun), at(ended)));
    return this;
  }

  Books closed(int action, String begun, Outcome outcome, String first, String last, long count) {
    ledger.add(
        new LedgerEntry(key(action), at(begun), outcome, new Stretch(at(first), at(last), count)));
    return this;
  }

  Counts verify(String from, String to) {
    return verify(new Period(at(from), at(to)));
  }

  public Counts verify(Period period) {
    try {
      return new Verification(period, CRONS::readKept, this, received).run(this, Optional.empty());
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void readProgress(IdScope ids, Consumer<Progress> each) {
    progress.forEach(each);
  }

  @Override
  public void readLedger(
      Optional<ActionId> action, Instant from, Instant to, Consumer<LedgerEntry> each) {
    ledger.stream()
        .filter(entry -> !entry.stretch().last().isBefore(from))
        .filter(entry -> !entry.stretch().first().isAfter(to))
        .forEach(each);
  }

  @Override
  public void readVersions(
      Optional<ActionId> action, Instant from, Instant to, Consumer<LedgerVersion> each) {
    versions.stream()
        .filter(version -> !version.endedAt().isBefore(from) && !version.begunAt().isAfter(to))
        .forEach(each);
  }

  @Override
  public void discrepancy(Discrepancy one) {
    found.add(one);
  }

  @Override
  public void unreadable(ProgressKey key, String cron, String zone) {
    unreadable++;
  }

  @Override
  public void formerLaw(ProgressKey key, Timing timing, Instant begunAt, Instant until) {
    formerLaws.add(key.action() + " " + timing.storedZone());
  }

  @Override
  public void action(ActionId id, Counts counts) {
    actions.put(id.text(), counts);
  }
}
