package io.actionscheduler.move.crontab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.move.Difference;
import io.actionscheduler.move.Proof;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("time")
class VixieCronTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ScheduleParser PARSER =
      new ScheduleParser(
          UnixDialect.CRONTAB,
          text -> {
            throw new InvalidSchedule("no quartz here");
          });

  /** Seconds of 2027-03-28 and 2027-10-31 in UTC, as the sources of both programs have it. */
  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource({
    "30 2 * * *, 2027-03-28, 01:00",
    "'0,15,30,45 2 * * *', 2027-03-28, 01:00 01:00 01:00 01:00",
    "0 1-3 * * *, 2027-03-28, 00:00 01:00 01:00",
    "*/30 1-3 * * *, 2027-03-28, 00:00 00:30 01:00 01:30",
    "30 * * * 0, 2027-03-28, 21:30",
    "30 2 * * *, 2027-10-31, 00:30",
    "'0 2,3 * * *', 2027-10-31, 00:00 02:00",
    "*/30 2 * * *, 2027-10-31, 00:00 00:30 01:00 01:30",
    "0 9 * * fri-sun, 2027-03-28, ''",
    "0 9 * * 0-3, 2027-03-28, 07:00",
    "0 9 * * 5-7, 2027-03-28, 07:00",
    "0 9 28 * 1, 2027-03-28, 07:00",
    "0 9 */2 * 7, 2027-03-28, ''",
  })
  void aDayOfCron(String fields, String date, String expected) {
    Instant from = Instant.parse(date + "T00:00:00Z").minusSeconds(1);
    if (fields.startsWith("30 *")) {
      from = Instant.parse(date + "T21:00:00Z");
    }
    Instant to = Instant.parse(date + "T21:59:59Z");

    List<String> times =
        Arrays.stream(cron(fields, BERLIN).between(from, to))
            .mapToObj(at -> Instant.ofEpochSecond(at).toString().substring(11, 16))
            .toList();

    assertThat(String.join(" ", times)).isEqualTo(expected);
  }

  @Test
  void awayFromChangesOfTheClockOurReadingIsTheSame() throws InvalidSchedule {
    Random random = new Random(Long.getLong("seed", 20_261_127));
    Instant from = Instant.parse("2026-11-27T00:00:30Z");
    for (int i = 0; i < 150; i++) {
      String text =
          String.join(
              " ",
              one(random, "*", "*/7", "0", "5,35", "10-50/20"),
              one(random, "*", "3", "*/6", "9-17", "2", "1,2,3"),
              one(random, "*", "*", "1", "*/3", "31", "28-31", "5,*"),
              one(random, "*", "*", "2", "jan-mar", "*/5"),
              one(random, "*", "*", "1-5", "sun", "7", "*/2", "sat-7", "mon,wed"));
      String zone = one(random, "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe");
      Schedule ours = PARSER.parse(text, text, ZoneId.of(zone)).schedule();
      Proof proof =
          Proof.of(
              ours,
              cron(text, ZoneId.of(zone)),
              ZoneId.of(zone),
              from,
              from.plusSeconds(86_400L * 800));
      assertThat(proof.differences())
          .as("%s in %s", text, zone)
          .allSatisfy(
              difference -> assertThat(difference.kind()).isEqualTo(Difference.Kind.CLOCK_CHANGE));
      if (text.startsWith("*") || zone.equals("UTC")) {
        assertThat(proof.isSame()).as("%s in %s: %s", text, zone, proof).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "60 * * * *",
        "0/15 * * * *",
        "* * 0 * *",
        "*/0 * * * *",
        "a * * * *",
        "1-2-3 * * * *"
      })
  void whatCronRefusesIsRefused(String fields) {
    assertThatThrownBy(() -> cron(fields, BERLIN)).isInstanceOf(IllegalArgumentException.class);
  }

  private static VixieCron cron(String fields, ZoneId zone) {
    return new VixieCron(VixieFields.read(List.of(fields.split(" "))), zone);
  }

  private static String one(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
