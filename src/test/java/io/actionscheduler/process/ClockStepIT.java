package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.actionscheduler.testing.FakeTime;
import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wall clock that is set while the program runs. */
@Tag("time")
class ClockStepIT {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  private FakeTime clock;
  private Instant begin;

  @BeforeEach
  void install() throws Exception {
    Optional<FakeTime> installed = FakeTime.in(folder);
    assumeTrue(installed.isPresent(), "libfaketime is not installed");
    clock = installed.get();
    begin = Instant.now();
    SqliteTable table = SqliteTable.in(folder);
    table.insert(1, "tick", "* * * * * *", Optional.of(true), Optional.of(-1));
    table.insert(2, "hourly", "0 0 * * * *", Optional.of(false), Optional.of(-1));
  }

  @Test
  void aStepForwardMakesTheSkippedTimesMissed() throws Exception {
    try (Scheduler scheduler = start()) {
      ticks(scheduler, 2);
      clock.step(HOUR);
      scheduler.stdout().await("hourly", Scheduler.PATIENCE); // each hour has one
      scheduler.stderr().await("the clock stepped forward by 3[56]\\d\\d", Scheduler.PATIENCE);
      int merged = scheduler.stdout().with("tick").size();
      ticks(scheduler, merged + 3);
      assertThat(scheduler.stdout().with("tick")).hasSizeLessThan(100); // an hour of them in one
      stop(scheduler);
    }
    assertNothingLost();
  }

  @Test
  void aStepBackFiresNothingAgain() throws Exception {
    try (Scheduler scheduler = start()) {
      ticks(scheduler, 2);
      clock.step(HOUR.negated());
      scheduler.stderr().await("the clock stepped back by 3[56]\\d\\d", Scheduler.PATIENCE);
      int before = scheduler.stdout().with("tick").size();
      Thread.sleep(2_500); // silence gives no signal
      assertThat(scheduler.stdout().with("tick")).hasSizeLessThan(before + 2); // one was under way
      clock.step(Duration.ZERO);
      ticks(scheduler, before + 3);
      assertThat(scheduler.stderr().with("stepped back")).hasSize(1);
      stop(scheduler);
    }
    assertNothingLost();
  }

  private Scheduler start() {
    return clock.applyTo(Launch.in(folder).config(TestConfigs.trivial())).start();
  }

  private static void ticks(Scheduler scheduler, int count) throws InterruptedException {
    scheduler.stdout().await("tick", count, Scheduler.PATIENCE);
  }

  private static void stop(Scheduler scheduler) throws InterruptedException {
    scheduler.terminate();
    assertThat(scheduler.awaitExit()).isZero();
  }

  /** By the right clock: exit code 0 means that each scheduled time has exactly one outcome. */
  private void assertNothingLost() throws InterruptedException {
    Launch verify =
        Launch.in(folder)
            .config(TestConfigs.trivial())
            .arguments("verify", "--from", second(begin), "--to", second(clock.now()));
    try (Scheduler command = verify.start()) {
      int code = command.awaitExit();
      assertThat(code).as("%s %s", command.stdout().all(), command.stderr().all()).isZero();
    }
  }

  private static String second(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
