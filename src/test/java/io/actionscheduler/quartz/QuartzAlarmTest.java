package io.actionscheduler.quartz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time")
class QuartzAlarmTest {
  private final InstantSource clock = InstantSource.system();
  private final BlockingQueue<Instant> rings = new LinkedBlockingQueue<>();
  private QuartzAlarm alarm;

  @BeforeEach
  void start() {
    alarm = new QuartzAlarm(clock);
    alarm.onRing(() -> rings.add(clock.instant()));
  }

  @AfterEach
  void close() {
    alarm.close();
  }

  private Instant ring() throws InterruptedException {
    Instant at = rings.poll(30, TimeUnit.SECONDS);
    assertThat(at).as("a ring within half a minute").isNotNull();
    return at;
  }

  @Test
  void itRingsAtTheMomentAskedForAndNeverBefore() throws Exception {
    for (int i = 0; i < 20; i++) {
      Instant at = clock.instant().plus(Duration.ofNanos(17_300_000L + i * 1_234_567L));
      alarm.set(at);
      assertThat(ring()).isAfterOrEqualTo(at);
    }
  }

  @Test
  void aMomentThatIsPastRingsAtOnce() throws Exception {
    alarm.set(clock.instant().minusSeconds(3600));
    ring();
    alarm.set(Instant.parse("1970-01-01T00:00:00Z"));
    ring();
  }

  @Test
  void whatIsAskedForReplacesWhatWasAskedBefore() throws Exception {
    alarm.set(clock.instant().plus(Duration.ofDays(4_000)));
    Instant at = clock.instant().plusMillis(50);
    alarm.set(at);
    assertThat(ring()).isAfterOrEqualTo(at);
    assertThat(rings).isEmpty();
  }
}
