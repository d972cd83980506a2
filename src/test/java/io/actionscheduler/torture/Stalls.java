package io.actionscheduler.torture;

import io.actionscheduler.torture.Fault.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Times in which nothing was done and the sentinel was late all the same: the whole machine was, or
 * all of the program. They excuse what a fault would, so they may not make up much of a run.
 */
final class Stalls {
  private static final Duration LATE = Duration.ofMillis(500);
  private static final int MOST = 3; // they may take up a third

  private Stalls() {}

  static List<Fault> of(List<Receipt> receipts, Faults faults) {
    return receipts.stream()
        .filter(each -> each.action() == Rows.SENTINEL && each.accepted())
        .filter(each -> each.receivedAt().isAfter(each.scheduledAt().plus(LATE)))
        .filter(each -> !faults.touch(Rows.SENTINEL, each.scheduledAt(), each.scheduledAt()))
        .map(each -> Fault.of(Kind.STALL, each.scheduledAt(), each.receivedAt()))
        .toList();
  }

  /** What is wrong with a run from {@code begin} to {@code end} that stalled for so long. */
  static Optional<String> excess(List<Fault> stalls, Instant begin, Instant end) {
    Duration run = Duration.between(begin, end);
    Duration stalled = total(stalls);
    return stalled.multipliedBy(MOST).compareTo(run) <= 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                "stalled without a fault for %d ms of %d ms: the program is slow, or this machine"
                    + " too busy to tell",
                stalled.toMillis(), run.toMillis()));
  }

  /** Where they overlap, the time counts once. */
  private static Duration total(List<Fault> stalls) {
    Duration total = Duration.ZERO;
    Instant counted = Instant.MIN;
    for (Fault stall : stalls.stream().sorted(Comparator.comparing(Fault::from)).toList()) {
      Instant from = stall.from().isAfter(counted) ? stall.from() : counted;
      if (stall.to().isAfter(from)) {
        total = total.plus(Duration.between(from, stall.to()));
        counted = stall.to();
      }
    }
    return total;
  }
}
