package io.actionscheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.engine.clock.ClockWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time")
class ClockWatchTest {
  private final FakeClock clock = new FakeClock("2026-03-02T10:00:00Z");
  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> steps = new ArrayList<>();
  private final ClockWatch watch = new ClockWatch(clock, nanos::get, steps::add);

  /** Both clocks go on by {@code time}, and the wall clock steps by {@code step} beside. */
  private void pass(Duration time, Duration step) {
    nanos.addAndGet(time.toNanos());
    clock.advance(time.plus(step));
    watch.look();
  }

  @Test
  void aClockThatGoesOnHasNotStepped() {
    pass(Duration.ofMillis(200), Duration.ZERO);
    pass(Duration.ofMillis(200), Duration.ofMillis(20)); // slewed
    assertThat(steps).isEmpty();
  }

  @Test
  void aPausedProcessSeesNoStep() {
    pass(Duration.ofHours(3), Duration.ZERO);
    assertThat(steps).isEmpty();
  }

  @Test
  void stepsForthAndBackAreToldOnceEach() {
    pass(Duration.ofMillis(200), Duration.ofHours(1));
    pass(Duration.ofMillis(200), Duration.ZERO);
    pass(Duration.ofMillis(200), Duration.ofMinutes(-5));
    pass(Duration.ofMillis(200), Duration.ZERO);
    assertThat(steps).containsExactly(Duration.ofHours(1), Duration.ofMinutes(-5));
  }

  @Test
  void aLookThatWasInterruptedIsMadeUpForByTheNext() {
    AtomicLong reads = new AtomicLong();
    ClockWatch slow =
        new ClockWatch(
            clock,
            () -> reads.incrementAndGet() == 3 ? nanos.addAndGet(900_000_000L) : nanos.get(),
            steps::add);
    slow.look(); // pauses between its two readings
    clock.advance(Duration.ofMillis(900));
    slow.look();
    assertThat(steps).isEmpty();
  }
}
