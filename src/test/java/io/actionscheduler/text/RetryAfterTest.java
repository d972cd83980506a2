package io.actionscheduler.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant SENT = Instant.parse("2026-11-27T12:00:00Z");

  @ParameterizedTest(name = "{0}, date {1}: {2} s")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "120                           | none                          | 120",
        "' 0 '                         | none                          | 0",
        "Fri, 27 Nov 2026 12:02:00 GMT | none                          | 120",
        "Fri, 27 Nov 2026 12:02:00 GMT | Fri, 27 Nov 2026 12:01:00 GMT | 60",
        "Fri, 27 Nov 2026 12:02:00 GMT | yesterday                     | 120",
        "Fri, 27 Nov 2026 11:00:00 GMT | none                          | 0",
        "-5                            | none                          | none",
        "1.5                           | none                          | none",
        "soon                          | none                          | none",
        "''                            | none                          | none",
        "9999999999                    | none                          | none",
      })
  void secondsAndDatesAreReadAndNothingElse(String value, String date, Long seconds) {
    assertThat(RetryAfter.read(value, Optional.ofNullable(date), SENT))
        .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
  }
}
