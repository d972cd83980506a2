package io.actionscheduler.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {

  @ParameterizedTest
  @CsvSource({
    "30, PT30S",
    "30s, PT30S",
    "500ms, PT0.5S",
    "1h30m, PT1H30M",
    "2d, PT48H",
    "1w, PT168H",
    "0.25, PT0.25S",
    "' 5m ', PT5M",
    "0, PT0S"
  })
  void secondsOrUnitsAreASpan(String text, Duration span) {
    assertThat(TimeSpan.read(text)).contains(span);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "soon", "-5", "5 s", "1.5s", "s", "5x", "5sx", "x5s", "10000000000000"})
  void anythingElseIsNone(String text) {
    assertThat(TimeSpan.read(text)).isEmpty();
  }
}
