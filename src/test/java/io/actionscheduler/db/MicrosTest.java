package io.actionscheduler.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("time")
class MicrosTest {

  @ParameterizedTest(name = "{0} seconds are {1}")
  @CsvSource({
    "0, 1970-01-01T00:00:00Z",
    "1700000000.123457, 2023-11-14T22:13:20.123457Z",
    "1700000000.9999995, 2023-11-14T22:13:21Z",
    "1789999999.999999, 2026-09-21T14:13:19.999999Z",
    "-0.0000004, 1970-01-01T00:00:00Z",
    "-1.5, 1969-12-31T23:59:58.500Z",
    "253402300799.0, 9999-12-31T23:59:59Z"
  })
  void secondsAsAFloatingPointNumberAreTakenToTheNearestMicrosecond(double seconds, Instant at) {
    assertThat(Micros.atSeconds(seconds)).isEqualTo(at);
  }

  @Test
  void whatFitsIsKeptAndWhatDoesNotGoesToTheEnds() {
    assertThat(Micros.at(Micros.of(Instant.parse("-9999-01-01T00:00:00.000001Z"))))
        .isEqualTo(Instant.parse("-9999-01-01T00:00:00.000001Z"));
    assertThat(Micros.of(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
    assertThat(Micros.of(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    assertThat(Micros.atSeconds(1e300)).isEqualTo(Micros.at(Long.MAX_VALUE));
  }

  @Test
  void thereAndBackIsTheSameForAnyMicrosecond() {
    long seed = Long.getLong("seed", 20_261_127);
    System.err.println("seed " + seed);
    new Random(seed)
        .longs(10_000)
        .map(micros -> micros / 2)
        .forEach(micros -> assertThat(Micros.of(Micros.at(micros))).isEqualTo(micros));
  }
}
