package io.actionscheduler.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.torture.Fault.Kind;
import io.actionscheduler.torture.Receipt.Merged;
import io.actionscheduler.torture.Receipt.Passport;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StallsTest {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void whereTheSentinelIsLateWithoutAFaultTheProgramStalled() {
    List<Receipt> receipts = List.of(sentinel(1, 1.2), sentinel(2, 2.6), sentinel(3, 3.1));
    assertThat(Stalls.of(receipts, none())).containsExactly(Fault.of(Kind.STALL, at(2), at(2.6)));
  }

  @Test
  void whereAFaultExplainsTheLatenessItDidNot() {
    Fault pause = Fault.of(Kind.PAUSE, at(1), at(4));
    Faults faults = new Faults(List.of(pause), Allowance.USUAL);
    assertThat(Stalls.of(List.of(sentinel(2, 4.1)), faults)).isEmpty();
  }

  @Test
  void aRunThatStalledForAThirdOfItsTimeStillTells() {
    assertThat(Stalls.excess(lateFor(20), START, at(60))).isEmpty();
  }

  @Test
  void aRunThatStalledForLongerThanThatIsNoProofOfAnything() {
    assertThat(Stalls.excess(lateFor(21), START, at(60)))
        .get()
        .asString()
        .startsWith("stalled without a fault for 21000 ms of 60000 ms");
  }

  @Test
  void stallsThatOverlapCountOnce() {
    List<Fault> stalls =
        IntStream.range(0, 10)
            .mapToObj(second -> Fault.of(Kind.STALL, at(second), at(12)))
            .toList();
    assertThat(Stalls.excess(stalls, START, at(36))).isEmpty();
    assertThat(Stalls.excess(stalls, START, at(35))).isPresent();
  }

  /** Each of the first seconds stalls for all of it. */
  private static List<Fault> lateFor(int seconds) {
    return IntStream.range(0, seconds)
        .mapToObj(second -> Fault.of(Kind.STALL, at(second), at(second + 1)))
        .toList();
  }

  private static Faults none() {
    return new Faults(List.of(), Allowance.USUAL);
  }

  private static Receipt sentinel(double scheduled, double received) {
    return new Receipt(
        at(received), 1, Rows.SENTINEL, at(scheduled), new Passport(1, Merged.NONE, "run"), true);
  }

  private static Instant at(double second) {
    return START.plusMillis(Math.round(second * 1000));
  }
}
