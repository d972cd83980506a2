package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {
  /** One row with such a text would hold up the reading of its table for minutes or hours. */
  @ParameterizedTest
  @ValueSource(
      strings = {"1-", "H ", "H(", "mon ", "TZ=a ", " ", "@every ", "FREQ=\n", "cron(", "a:"})
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLongTextIsReadOnce(String part) {
    for (String end : new String[] {"x", "\nx"}) {
      String text = part.repeat(200_000 / part.length());
      assertThat(ForeignText.remedy("1-1 " + text + end)).as(part).isNotNull();
      assertThat(ForeignText.remedy("TZ=x" + text + end)).as(part).isNotNull();
      assertThat(ForeignText.remedy(text + end)).as(part).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "*-*-* 02:30, systemd",
    "2026-11-27 02:30:00, systemd",
    "Mon *-*-* 02:30, systemd",
    "mon..fri *-*-1..7 9:00 Europe/Berlin, systemd",
    "-1-1 2:3, systemd",
    "H 2 * * *, Jenkins",
    "0 H(1-3) * * *, Jenkins",
    "CRON_TZ=UTC 0 9 * * *, timezone UTC",
  })
  void whatOtherProgramsTakeIsNamed(String text, String told) {
    assertThat(ForeignText.remedy(text)).hasValueSatisfying(it -> assertThat(it).contains(told));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0 9 * * 1-5", "1- 2:3", "-1 2:3", "0-30/5 9 * * *", "HOURLY:", "mon-fri"})
  void aCrontabIsNot(String text) {
    assertThat(ForeignText.remedy(text)).isEmpty();
  }
}
