package io.actionscheduler.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.torture.Version.Manner;
import io.actionscheduler.torture.Version.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A row that fires each tenth second, written at second 31. */
class VersionTest {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  private final Version version =
      new Version(20, 1, "*/10 * * * * *", Manner.EACH, new Span(at(31), at(31)), Optional.empty());

  @Test
  void itsTargetsBeginWhenItIsWrittenAndCountOnceItIsNoticed() {
    assertThat(targets(List.of())).containsExactly("40 required", "50 required");
  }

  @Test
  void whereTheClockIsSetBackBeforeItIsNoticedItMayFireAtTimesThatWereOver() {
    Fault back = Fault.of(Fault.Kind.CLOCK_STEP, at(32), at(35));
    assertThat(targets(List.of(back))).containsExactly("30", "40", "50 required");
  }

  private List<String> targets(List<Fault> some) {
    Faults faults = new Faults(some, Allowance.USUAL);
    return version.targets(faults.noticed(at(31)), faults, at(55)).stream()
        .map(target -> target.at().getEpochSecond() % 60 + (target.required() ? " required" : ""))
        .toList();
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
