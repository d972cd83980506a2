package io.actionscheduler.torture;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the checker found.
 *
 * @param ends how each target ended, in order
 * @param repeats deliveries beyond the first of a fire id
 * @param failures empty where every promise was kept
 */
record Verdict(Map<Target, End> ends, List<Repeat> repeats, List<Failure> failures) {

  /** How a target ended. */
  enum End {
    DELIVERED,
    MERGED,
    EXPIRED,
    /** It was uncertain whether it counts, and nothing came. */
    UNCERTAIN,
    LOST
  }

  /**
   * A target was delivered once more.
   *
   * @param causes the faults that explain it; empty: none does
   */
  record Repeat(Target target, Set<Fault.Kind> causes) {}

  Verdict {
    ends = new LinkedHashMap<>(ends);
    repeats = List.copyOf(repeats);
    failures = List.copyOf(failures);
  }

  /** The same, and these were found, too. */
  Verdict and(List<Failure> more) {
    return new Verdict(ends, repeats, Stream.concat(failures.stream(), more.stream()).toList());
  }

  long count(End end) {
    return ends.values().stream().filter(end::equals).count();
  }

  /** Targets that count. */
  long targets() {
    return ends.size() - count(End.UNCERTAIN);
  }
}
