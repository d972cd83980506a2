package io.actionscheduler.torture;

import io.actionscheduler.torture.Fault.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the faults of a run excuse. */
final class Faults {
  private static final Duration MOST_SET_BACK = Duration.ofSeconds(8);

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
   * Why a fire that was received at {@code first} may have come again at {@code again}: it was
   * confirmed and not yet recorded when the program crashed, or its answer was lost. Empty when
   * there is no reason.
   */
  Set<Kind> causes(int action, Instant first, Instant again) {
    Set<Kind> causes = EnumSet.noneOf(Kind.class);
    for (Fault fault : all) {
      if (fault.touches(action) && !fault.from().isAfter(again)) {
        causes.addAll(causes(fault, first));
      }
    }
    return causes;
  }

  private Set<Kind> causes(Fault fault, Instant first) {
    boolean near = !first.isBefore(begin(fault));
    if (fault.kind() == Kind.LOST_ANSWER || fault.kind() == Kind.TARGET_AWAY) {
      boolean lost = near && !first.isAfter(fault.to().plus(allowance.inFlight()));
      return lost ? Set.of(fault.kind()) : Set.of();
    }
    // A stop that cannot record, because the store is away, forgets as a crash does.
    boolean ends = fault.kind().crashes() || fault.kind() == Kind.TERM;
    if (!ends || first.isAfter(fault.to())) {
      return Set.of();
    }
    Set<Kind> causes = unrecorded(first, fault.from());
    if (!causes.isEmpty() || fault.kind().crashes() && near) {
      causes.add(fault.kind());
    }
    return causes;
  }

  /** What kept a fire that was received at {@code first} from being recorded until {@code end}. */
  private Set<Kind> unrecorded(Instant first, Instant end) {
    return all.stream()
        .filter(fault -> fault.kind().keepsFromRecording())
        .filter(fault -> !first.isBefore(begin(fault)) && !end.isAfter(end(fault)))
        .map(Fault::kind)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
  }

  /** The moment by which an edit made at {@code written} was surely noticed. */
  Instant noticed(Instant written) {
    Instant noticed = written.plus(allowance.notice());
    for (Fault fault : all) {
      boolean matters = fault.action().isEmpty() && fault.kind() != Kind.SECOND_PROCESS;
      if (matters && fault.to().isAfter(written) && !fault.from().isAfter(noticed)) {
        noticed = later(noticed, fault.to().plus(allowance.notice()));
      }
    }
    return noticed;
  }

  /**
   * What the program's clock may have said at the earliest when it noticed an edit made at {@code
   * written}: the clock may have been set back in between.
   */
  Instant noticedFrom(Instant written) {
    boolean stepped =
        all.stream()
            .filter(fault -> fault.kind() == Kind.CLOCK_STEP)
            .anyMatch(
                fault -> fault.to().isAfter(written) && !fault.from().isAfter(noticed(written)));
    return stepped ? written.minus(MOST_SET_BACK) : written;
  }

  /** The moment by which the last was received of what an edit made at {@code written} changed. */
  Instant lastSeen(Instant written) {
    return noticed(written).plus(allowance.inFlight()).plus(allowance.held());
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
