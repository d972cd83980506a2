package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnixDialectTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest(name = "{0} means the same in both dialects: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "*/5 * * * * | true",
        "0 0 1 * * | true",
        "0 0 * * * | true",
        "0 0 * * mon | true",
        "0 0 * * MON-fri | true",
        "0 0 * * 0 | false",
        "0 0 * * 1-5 | false",
        "0 0 * * 0-6 | true",
        "0 0 * * */6 | false",
        "0 0 1 * mon | false",
        "0 0 1 * 0-6 | false",
        "0 0 1-31 * mon | false",
        "0 0 1-31 * 0-6 | true",
        "0 0 */2 * mon | true",
        "0 0 30 2 * | true",
        "0 0 31 2,4,6,9,11 mon | false",
      })
  void aRowIsTheSameWhereNoDayDiffers(String text, boolean same) throws InvalidSchedule {
    Schedule crontab = read(text, UnixDialect.CRONTAB);
    Schedule apscheduler = read(text, UnixDialect.APSCHEDULER);

    assertThat(crontab.meansTheSameAs(apscheduler)).isEqualTo(same);
    assertThat(apscheduler.meansTheSameAs(crontab)).isEqualTo(same);
  }

  @ParameterizedTest(name = "{0} is minute, hour, day, month, weekday {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "0/15 * * * * | minute=0/15;hour=*;day=*;month=*;day_of_week=*",
        "0 0 last * * | minute=0;hour=0;day=last;month=*;day_of_week=*",
        "30 3 1-7 * 0 | minute=30;hour=3;day=1-7;month=*;day_of_week=mon",
        "30 3 * jan sat,sun | minute=30;hour=3;day=*;month=1;day_of_week=5-6",
      })
  void apschedulerReadsWhatItsOwnFieldsSay(String text, String fields) throws InvalidSchedule {
    Map<String, String> params = new HashMap<>();
    for (String field : fields.split(";")) {
      params.put(field.split("=")[0], field.split("=")[1]);
    }
    params.put("year", "1970-2050");
    Schedule extended = Parsing.extended(params, "Europe/Berlin");
    Schedule old = read(text, UnixDialect.APSCHEDULER);
    Instant at = Instant.parse("2026-11-20T00:00:00Z");
    for (int i = 0; i < 200; i++) {
      assertThat(old.next(at)).isEqualTo(extended.next(at));
      at = old.next(at).orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@daily", "0 0 0 * * *", "0 0 * * 7", "0 */24 * * *", "0 0 L * *", "0 0 ? * *"})
  void whatApschedulerDidNotTakeIsRefusedInItsDialect(String text) {
    assertThatThrownBy(() -> read(text, UnixDialect.APSCHEDULER))
        .isInstanceOf(InvalidSchedule.class);
  }

  @ParameterizedTest(name = "{0} means the same as {1} in {2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0-59 * * * * | 0 * * * * * | UTC | true",
        "0-59 0-23 * * * | * * * * * | UTC | true",
        "0-59 0-23 * * * | * * * * * | Europe/Berlin | false",
        "0 0 1-7 * 1 | 0 0 1-7 * +1 | UTC | false",
        "0 0 1-7 * +1 | 0 0 * * 1#1 | UTC | true",
        "0 0 L 2 * | 0 0 28,29 2 * | UTC | false",
        "0 0 29-31 * +5L | 0 0 * * 5#5 | UTC | true",
        "0 0 1 1 * * | 0 0 0 1 1 * 1970-2199 | UTC | false",
      })
  void meaningIsComparedByTheDaysOfTheWholeCalendar(
      String one, String other, String zone, boolean same) throws InvalidSchedule {
    assertThat(Parsing.plain(one, zone).meansTheSameAs(Parsing.plain(other, zone))).isEqualTo(same);
  }

  private static Schedule read(String text, UnixDialect dialect) throws InvalidSchedule {
    return Parsing.parser(dialect).parse(text, text, BERLIN).schedule();
  }
}
