package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "CRON_TZ=Europe/Berlin 0 9 * * * | write 0 9 * * * with the timezone Europe/Berlin",
        "TZ=UTC 0 9 * * * | write 0 9 * * * with the timezone UTC",
        "@every 1h30m | write 1h30m",
        "H * * * * | choose one yourself, such as 17",
        "0 H(0-7) * * * | choose one yourself",
        "H/15 * * * * | choose one yourself",
        "rate(5 minutes) | write 5m",
        "rate(1 day) | write 1d",
        "cron(0 12 * * ? *) | \"params\": {\"value\": \"0 0 12 * * ? *\"}",
        "at(2026-12-01T10:00:00) | write 2026-12-01T10:00:00",
        "daily | write a nickname such as @daily",
        "Mon..Fri *-*-* 02:00:00 | a calendar event of systemd",
        "Mon..Fri 09:00 | a calendar event of systemd",
        "RRULE:FREQ=DAILY;BYHOUR=9 | a recurrence rule of iCalendar",
        "FREQ=WEEKLY;BYDAY=MO | a recurrence rule of iCalendar",
        "PT5M | a duration of ISO 8601",
        "R/2026-01-01T00:00:00Z/P1D | {\"format\": \"interval\"",
        "every 5 minutes | write an interval such as 5m",
      })
  void whatOtherProgramsWriteIsRefusedWithWhatToWriteHere(String text, String remedy) {
    assertThatThrownBy(() -> Parsing.utc(text))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessageContaining(remedy);
  }

  @Test
  void itIsRefusedInTheJsonFormToo() {
    assertThatThrownBy(
            () ->
                Parsing.timing(
                    Parsing.form("unix", Map.of("value", "TZ=UTC 0 9 * * *")), ZoneOffset.UTC))
        .hasMessageStartingWith("cron \"TZ=UTC 0 9 * * *\": a zone does not stand in the text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0 9 * * THU", "0 9 * MAR *", "1h", "@hourly", "2026-12-01 10:00:00"})
  void whatIsOursIsTaken(String text) throws InvalidSchedule {
    Parsing.utc(text);
  }

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
    "2026-11-27 02:30:00, systemd",
    "mon..fri *-*-1..7 9:00 Europe/Berlin, systemd",
    "-1-1 2:3, systemd",
    "H 2 * * *, Jenkins",
  })
  void whatOtherProgramsTakeIsNamed(String text, String told) {
    assertThat(ForeignText.remedy(text)).hasValueSatisfying(it -> assertThat(it).contains(told));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0 9 * * 1-5", "1- 2:3", "-1 2:3", "0-30/5 9 * * *", "HOURLY:", "mon-fri"})
  void whatOnlyLooksLikeItIsNotNamed(String text) {
    assertThat(ForeignText.remedy(text)).isEmpty();
  }
}
