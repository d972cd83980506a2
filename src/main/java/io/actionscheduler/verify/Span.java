package io.actionscheduler.verify;

import static io.actionscheduler.verify.Period.before;

import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.Discrepancy;
import io.actionscheduler.fire.LedgerVersion;
import io.actionscheduler.fire.Moments;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.fire.Verdict;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.verify.Period.Part;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One version of an action's schedule at one callback, and up to when the stretches of the ledger
 * have accounted for its times. Stretches are added in ascending order; times between two of them
 * are lost.
 */
final class Span {
  final ProgressKey key;
  final Instant begunAt;

  /** Every time up to this moment must be in the ledger, and none after it. */
  private final Instant settledUntil;

  private final Optional<Schedule> schedule;
  private final Optional<Progress> current;
  private Instant accounted;

  private Span(
      ProgressKey key,
      Optional<Schedule> schedule,
      Instant begunAt,
      Instant settledUntil,
      Optional<Progress> current) {
    this.key = key;
    this.schedule = schedule;
    this.begunAt = begunAt;
    this.settledUntil = settledUntil;
    this.current = current;
    this.accounted = begunAt;
  }

  static Span of(LedgerVersion ended, Optional<Schedule> schedule) {
    return new Span(ended.key(), schedule, ended.begunAt(), ended.endedAt(), Optional.empty());
  }

  static Span of(Progress current, Optional<Schedule> schedule) {
    return new Span(
        current.key(),
        schedule,
        current.account().begunAt(),
        current.settledUntil(),
        Optional.of(current));
  }

  /** Counts the times of the period before the ledger began. */
  void unknown(Period period, Sink sink) {
    schedule
        .flatMap(rule -> period.part(Instant.MIN, begunAt).flatMap(part -> part.fires(rule)))
        .ifPresent(fires -> sink.count(Verdict.UNKNOWN, fires.count()));
  }

  /** Adds the next closed stretch of the ledger. */
  void closed(Outcome outcome, Stretch fires, Period period, Sink sink) {
    Optional<Account> account = current.map(Progress::account).filter(open -> open.count() > 0);
    // Closed after progress was read, which had it as its open end: it is counted there.
    if (account.isEmpty() || fires.first().isBefore(account.get().first())) {
      settled(outcome, fires, period, sink);
    }
  }

  /** Ends the version: there are no more stretches. */
  void end(Period period, Sink sink) {
    current.ifPresent(
        progress ->
            progress
                .account()
                .outcome()
                .ifPresent(outcome -> settled(outcome, open(progress), period, sink)));
    if (schedule.isEmpty()) {
      return;
    }
    Schedule rule = schedule.get();
    period
        .part(accounted, settledUntil)
        .flatMap(part -> part.fires(rule))
        .ifPresent(fires -> fault(Verdict.LOST, fires, sink));
    current.ifPresent(
        progress ->
            period
                .part(settledUntil, Instant.MAX)
                .flatMap(part -> part.fires(rule))
                .ifPresent(
                    fires ->
                        sink.count(
                            progress.paused() ? Verdict.PAUSED : Verdict.PENDING, fires.count())));
  }

  private static Stretch open(Progress progress) {
    Account account = progress.account();
    Instant last = Moments.later(account.first(), progress.settledUntil());
    return new Stretch(account.first(), last, account.count());
  }

  private void settled(Outcome outcome, Stretch fires, Period period, Sink sink) {
    Instant last = Moments.earlier(fires.last(), settledUntil);
    schedule
        .flatMap(
            rule ->
                period
                    .part(accounted, Moments.earlier(before(fires.first()), settledUntil))
                    .flatMap(gap -> gap.fires(rule)))
        .ifPresent(gap -> fault(Verdict.LOST, gap, sink));
    Optional<Part> part = period.part(before(fires.first()), last);
    if (part.isEmpty()) {
      accounted = Moments.later(accounted, last);
      return;
    }
    if (schedule.isEmpty()) {
      sink.count(Verdict.of(outcome), fires.count());
      return;
    }
    Schedule rule = schedule.get();
    period
        .part(part.get().after(), Moments.earlier(accounted, part.get().upTo()))
        .flatMap(twice -> twice.fires(rule))
        .ifPresent(twice -> fault(Verdict.DOUBLED, twice, sink));
    Instant after = Moments.later(accounted, part.get().after());
    long here = rule.count(after, part.get().upTo());
    long missing = rule.count(before(fires.first()), fires.last()) - fires.count();
    long lost = Math.min(Math.max(missing, 0), here);
    inside(Verdict.LOST, fires, lost, sink);
    here -= lost;
    inside(Verdict.DOUBLED, fires, -missing, sink);
    if (outcome == Outcome.DELIVERED) {
      here -= unreceived(rule, new Part(after, part.get().upTo()), here, sink);
    }
    sink.count(Verdict.of(outcome), here);
    accounted = Moments.later(accounted, last);
  }

  /**
   * Reports fires that were delivered and not received.
   *
   * @param most how many are not counted as lost already
   * @return how many
   */
  private long unreceived(Schedule rule, Part part, long most, Sink sink) {
    long[] left = {most};
    sink.unreceived(
        key,
        rule,
        part,
        fires -> {
          inside(Verdict.LOST, fires, Math.min(left[0], fires.count()), sink);
          left[0] -= Math.min(left[0], fires.count());
        });
    return most - left[0];
  }

  /**
   * The count of a stretch is wrong: which of its times that means cannot be known.
   *
   * @param count how many; nothing is found where it is not positive
   */
  private void inside(Verdict verdict, Stretch stretch, long count, Sink sink) {
    if (count > 0) {
      fault(verdict, new Stretch(stretch.first(), stretch.last(), count), sink);
    }
  }

  private void fault(Verdict verdict, Stretch fires, Sink sink) {
    sink.count(verdict, fires.count());
    sink.found(new Discrepancy(key, verdict, fires));
  }

  /** Receives the verdicts. */
  interface Sink {
    void count(Verdict verdict, long count);

    void found(Discrepancy discrepancy);

    /** Hands over the times of the part that did not reach their receiver, as far as known. */
    void unreceived(ProgressKey key, Schedule schedule, Part part, Consumer<Stretch> each);
  }
}
