package io.actionscheduler.torture;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What the faults of a run excuse. */
final class Faults {
  private final List<Fault> all;
  private final Allowance allowance;

  Faults(List<Fault> all, Allowance allowance) {
    this.all = all.stream().sorted(Comparator.comparing(Fault::from)).toList();
    this.allowance = allowance;
  }

  List<Fault> all() {
    return all;
  }

  /** Until when something due at {@code at} has come: a window of calm behind it. */
  Instant deadline(int action, Instant at) {
    Duration window = allowance.window();
    Instant deadline = at.plus(window);
    for (Fault fault : all) {
      boolean matters = fault.kind().disturbs && fault.touches(action) && !fault.to().isBefore(at);
      if (matters && !fault.from().isAfter(deadline)) {
        deadline = later(deadline, fault.to().plus(window));
      }
    }
    return deadline;
  }

  /** Whether some moment of [{@code from}, {@code to}] was disturbed. */
  boolean touch(int action, Instant from, Instant to) {
    return all.stream()
        .anyMatch(
            fault ->
                fault.kind().disturbs
                    && fault.touches(action)
                    && !begin(fault).isAfter(to)
                    && !end(fault).isBefore(from));
  }

  /** Whether a disturbance began in [{@code from}, {@code to}]. */
  boolean beganIn(int action, Instant from, Instant to) {
    return all.stream()
        .filter(fault -> fault.kind().disturbs && fault.touches(action))
        .anyMatch(fault -> !fault.from().isBefore(from) && !fault.from().isAfter(to));
  }

  /** Whether every moment of [{@code from}, {@code to}] was disturbed. */
  boolean cover(int action, Instant from, Instant to) {
    Instant covered = from;
    for (Fault fault : all) {
      if (fault.kind().disturbs && fault.touches(action) && !begin(fault).isAfter(covered)) {
        covered = later(covered, end(fault));
      }
    }
    return !covered.isBefore(to);
  }

  /**
   * Whether a fire that was received at {@code first} may have come again at {@code again}: it was
   * confirmed and not yet recorded when the program crashed, or its answer was lost.
   */
  boolean explainRepeat(int action, Instant first, Instant again) {
    return all.stream()
        .filter(fault -> fault.touches(action) && !fault.from().isAfter(again))
        .anyMatch(fault -> lost(fault, first, again));
  }

  private boolean lost(Fault fault, Instant first, Instant again) {
    if (fault.kind() == Fault.Kind.LOST_ANSWER || fault.kind() == Fault.Kind.TARGET_AWAY) {
      return !first.isBefore(fault.from().minus(allowance.inFlight()))
          && !first.isAfter(fault.to().plus(allowance.inFlight()));
    }
    // A stop that cannot record, because the store is away, forgets as a crash does.
    boolean ends = fault.kind().crashes() || fault.kind() == Fault.Kind.TERM;
    boolean unrecorded =
        fault.kind().crashes() && !first.isBefore(fault.from().minus(allowance.inFlight()));
    return ends
        && !first.isAfter(fault.to())
        && (unrecorded || unrecordedSince(first, fault.from()));
  }

  private boolean unrecordedSince(Instant first, Instant end) {
    return all.stream()
        .filter(fault -> fault.kind().keepsFromRecording())
        .anyMatch(
            fault ->
                !first.isBefore(fault.from().minus(allowance.inFlight()))
                    && !end.isAfter(fault.to().plus(allowance.recovery())));
  }

  /** The moment by which an edit made at {@code written} was surely noticed. */
  Instant noticed(Instant written) {
    Instant noticed = written.plus(allowance.notice());
    for (Fault fault : all) {
      boolean matters = fault.action().isEmpty() && fault.kind() != Fault.Kind.SECOND_PROCESS;
      if (matters && fault.to().isAfter(written) && !fault.from().isAfter(noticed)) {
        noticed = later(noticed, fault.to().plus(allowance.notice()));
      }
    }
    return noticed;
  }

  private Instant begin(Fault fault) {
    return fault.from().minus(allowance.inFlight());
  }

  private Instant end(Fault fault) {
    return fault.to().plus(allowance.recovery());
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
