package io.actionscheduler.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.torture.Fault.Kind;
import io.actionscheduler.torture.Ordeal.Account;
import io.actionscheduler.torture.Verdict.End;
import io.actionscheduler.torture.Verdict.Repeat;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void eachFaultHasItsLineAndAllOfTheRunTheLast() {
    assertThat(Report.markdown(account()).lines())
        .contains(
            "| fault | times | seconds | targets in it | delivered | merged | expired | repeated"
                + " | lost |",
            "| kill -9 | 2 | 4.0 | 4 | 1 | 1 | 1 | 2 | 1 |",
            "| store full | 1 | 1.0 | 1 | 1 | 0 | 0 | 1 | 0 |",
            "| target down | 1 | 1.0 | 1 | 1 | 0 | 0 | 0 | 0 |",
            "| **all of the run** | 4 | | 6 | 3 | 1 | 1 | 2 | 1 |");
  }

  /** Two kills around the seconds 1 to 3 and 6, a full store at second 1, a target away at 8. */
  private static Account account() {
    Map<Target, End> ends = new LinkedHashMap<>();
    ends.put(target(1), End.DELIVERED);
    ends.put(target(2), End.MERGED);
    ends.put(target(3), End.EXPIRED);
    ends.put(target(4), End.DELIVERED);
    ends.put(target(6), End.LOST);
    ends.put(target(7), End.UNCERTAIN);
    ends.put(target(8), End.DELIVERED);
    List<Repeat> repeats =
        List.of(
            new Repeat(target(1), Set.of(Kind.KILL, Kind.STORE_FULL)),
            new Repeat(target(4), Set.of(Kind.KILL)));
    List<Fault> faults =
        List.of(
            fault(Kind.KILL, 1, 3),
            fault(Kind.STORE_FULL, 0, 1),
            fault(Kind.KILL, 5, 7),
            fault(Kind.TARGET_AWAY, 8, 9));
    return new Account(
        "a place", faults, List.of(), new Verdict(ends, repeats, List.of()), List.of(), Set.of());
  }

  private static Fault fault(Kind kind, int from, int to) {
    return Fault.of(kind, at(from), at(to));
  }

  private static Target target(int second) {
    return new Target(1, 1, at(second), false, Optional.empty(), true);
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
