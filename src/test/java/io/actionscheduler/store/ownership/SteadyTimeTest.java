package io.actionscheduler.store.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {
  private static final long MS = 1_000_000;

  private final AtomicLong awake = new AtomicLong(1_000);
  private final AtomicLong up = new AtomicLong(90_000);

  @Test
  void timeThatTheMachineWasSuspendedCounts() {
    SteadyTime time = new SteadyTime(awake::get, () -> OptionalLong.of(up.get()));
    long before = time.nanos();
    awake.addAndGet(50 * MS);
    up.addAndGet(50 * MS + 700 * MS); // it slept for 700
    assertThat(time.nanos() - before).isEqualTo(750 * MS);
    awake.addAndGet(3 * MS);
    up.addAndGet(3 * MS);
    assertThat(time.nanos() - before).isEqualTo(753 * MS);
  }

  @Test
  void withoutItItIsTheTimeAwake() {
    SteadyTime time = new SteadyTime(awake::get, OptionalLong::empty);
    long before = time.nanos();
    awake.addAndGet(5);
    assertThat(time.nanos() - before).isEqualTo(5);
  }

  @Test
  void whatTheKernelTellsMoreCoarselyTakesNothingAway() {
    SteadyTime time = new SteadyTime(awake::get, () -> OptionalLong.of(up.get()));
    long before = time.nanos();
    awake.addAndGet(10 * MS); // and it still says what it said
    assertThat(time.nanos() - before).isEqualTo(10 * MS);
  }

  @Test
  void onThisMachineItGoesOn() {
    SteadyTime time = new SteadyTime();
    long first = time.nanos();
    long second = time.nanos();
    assertThat(second - first).isGreaterThan(-20_000_000); // the kernel tells hundredths
  }
}
