package io.actionscheduler.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

  @ParameterizedTest(name = "after {0} failures: {1} s")
  @CsvSource({"1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "8, 60", "2147483647, 60"})
  void everyWaitIsTwiceTheOneBeforeUpToTheLongest(int failures, long seconds) {
    assertThat(BACKOFF.after(failures)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest(name = "{0} ms, then {1} ms")
  @CsvSource({"1000, 2000", "30000, 60000", "30001, 60000", "60000, 60000", "90000, 60000"})
  void aWaitFollowsTheOneBefore(long millis, long next) {
    assertThat(BACKOFF.next(Duration.ofMillis(millis))).isEqualTo(Duration.ofMillis(next));
  }

  @Test
  void waitsThatNeverGrowOrAreNoneAreRefused() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessage("waits from PT2S to PT1S");
  }
}
