package io.actionscheduler.torture;

import io.actionscheduler.schedule.NaiveEvaluator;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * What a row said for a while.
 *
 * @param number from 1, of this action
 * @param cron crontab text of six fields
 * @param written when it was written
 * @param gone when it was overwritten or deleted; empty: never
 */
record Version(
    int action, int number, String cron, Manner manner, Span written, Optional<Span> gone) {
  /** What becomes of its missed fires. */
  record Manner(boolean merge, Optional<Duration> actuality) {
    static final Manner EACH = new Manner(false, Optional.empty());
    static final Manner MERGING = new Manner(true, Optional.empty());

    static Manner expiring(boolean merge, int seconds) {
      return new Manner(merge, Optional.of(Duration.ofSeconds(seconds)));
    }
  }

  /** The time that a statement took: its effect happened somewhere in it. */
  record Span(Instant begun, Instant done) {}

  Version goneAt(Span span) {
    return new Version(action, number, cron, manner, written, Optional.of(span));
  }

  /**
   * Its targets up to {@code end}, by an evaluator that shares no code with the program.
   *
   * @param surely the moment by which it was noticed
   */
  List<Target> targets(Instant surely, Faults faults, Instant end) {
    Instant last = gone.map(span -> faults.noticed(span.done())).orElse(end);
    return NaiveEvaluator.unix(cron, ZoneOffset.UTC)
        .between(faults.noticedFrom(written.begun()), last.isBefore(end) ? last : end)
        .stream()
        .map(at -> target(at, at.isAfter(surely) && wasOver(faults, at)))
        .toList();
  }

  /** Whether the whole window of a fire at {@code at} was over before the row changed. */
  private boolean wasOver(Faults faults, Instant at) {
    return gone.map(span -> faults.deadline(action, at).isBefore(span.begun())).orElse(true);
  }

  private Target target(Instant at, boolean required) {
    return new Target(action, number, at, manner.merge(), manner.actuality(), required);
  }
}
