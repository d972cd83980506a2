package io.actionscheduler.engine.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatchUpRateTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @Test
  void withoutARateAllMayStart() {
    CatchUpRate rate = new CatchUpRate(Optional.empty());
    rate.used(1_000);
    assertThat(rate.allowed(NOON, 5_000)).isEqualTo(5_000);
  }

  @ParameterizedTest(name = "{0} a second: {1} at the beginning")
  @CsvSource({"1, 1", "9, 1", "10, 1", "19, 1", "20, 2", "1000, 100"})
  void aTenthOfASecondsFiresMayStartAtTheBeginningAndOneAtLeast(int perSecond, int allowed) {
    assertThat(new CatchUpRate(Optional.of(perSecond)).allowed(NOON, 5_000)).isEqualTo(allowed);
  }

  @ParameterizedTest(name = "{0} a second, all used, {1} ms later: {2}")
  @CsvSource({
    "100, 0, 0",
    "100, 9, 0",
    "100, 10, 1",
    "100, 250, 25",
    "100, 1000, 100",
    "100, 60000, 100", // what was not used is saved up for one second
    "1, 999, 0",
    "1, 1000, 1",
    "1, 5000, 1"
  })
  void itFillsWithTimeUpToOneSecond(int perSecond, long millis, int allowed) {
    CatchUpRate rate = new CatchUpRate(Optional.of(perSecond));
    rate.used(rate.allowed(NOON, 5_000));
    assertThat(rate.allowed(NOON.plusMillis(millis), 5_000)).isEqualTo(allowed);
  }

  @Test
  void noMoreIsAllowedThanIsWantedAndTheRestStaysAllowed() {
    CatchUpRate rate = new CatchUpRate(Optional.of(100));
    assertThat(rate.allowed(NOON, 3)).isEqualTo(3);
    rate.used(3);
    assertThat(rate.allowed(NOON, 5_000)).isEqualTo(7);
  }

  @ParameterizedTest(name = "{0} a second: the next one after {1} ms")
  @CsvSource({"1, 1001", "4, 251", "50, 21", "1000, 10"})
  void theNextFireIsAllowedWhenItsTimeHasCome(int perSecond, long millis) {
    CatchUpRate rate = new CatchUpRate(Optional.of(perSecond));
    rate.used(rate.allowed(NOON, 5_000));
    Instant next = rate.nextAt(NOON);
    assertThat(Duration.between(NOON, next)).isEqualTo(Duration.ofMillis(millis));
    assertThat(rate.allowed(next, 5_000)).isPositive();
  }

  @Test
  void aClockThatIsSetBackBeginsAnew() {
    CatchUpRate rate = new CatchUpRate(Optional.of(100));
    rate.used(rate.allowed(NOON, 5_000));
    assertThat(rate.allowed(NOON.minusSeconds(3_600), 5_000)).isEqualTo(10);
  }
}
