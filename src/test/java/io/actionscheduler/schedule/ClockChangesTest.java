package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("time")
class ClockChangesTest {

  @ParameterizedTest(name = "{1} in {0} on {2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        // Wall-clock times: one fire behind a gap, the first pass of an overlap.
        "Europe/Berlin | 30 2 * * * | 2026-03-29 | 03:00:00+02:00",
        "Europe/Berlin | 0,30 2 * * * | 2026-03-29 | 03:00:00+02:00",
        "Europe/Berlin | 30 2,3 * * * | 2026-03-29 | 03:00:00+02:00 03:30:00+02:00",
        "Europe/Berlin | 0 2,3 * * * | 2026-03-29 | 03:00:00+02:00",
        "Europe/Berlin | 0 0 3 * * * | 2026-03-29 | 03:00:00+02:00",
        "Europe/Berlin | 59 59 1-2 * * * | 2026-03-29 | 01:59:59+01:00 03:00:00+02:00",
        "Europe/Berlin | 30 2 * * * | 2026-10-25 | 02:30:00+02:00",
        "Europe/Berlin | 0 2-3 * * * | 2026-10-25 | 02:00:00+02:00 03:00:00+01:00",
        "Europe/Berlin | */30 30 2 * * * | 2026-10-25 | 02:30:00+02:00 02:30:30+02:00",
        // The running clock: what does not exist does not fire, what comes twice fires twice.
        "Europe/Berlin | */30 2 * * * | 2026-03-29 | ",
        "Europe/Berlin | 30 */2 29 3 * | 2026-03-29 | 00:30:00+01:00 04:30:00+02:00 06:30:00+02:00 08:30:00+02:00 10:30:00+02:00 12:30:00+02:00 14:30:00+02:00 16:30:00+02:00 18:30:00+02:00 20:30:00+02:00 22:30:00+02:00",
        "Europe/Berlin | */30 2 * * * | 2026-10-25 | 02:00:00+02:00 02:30:00+02:00 02:00:00+01:00 02:30:00+01:00",
        // Gaps at midnight, whose times belong to the day before or the same.
        "Africa/Cairo | 30 0 * * * | 2026-04-24 | 01:00:00+03:00",
        "Asia/Beirut | 0 0 * * * | 2026-03-29 | 01:00:00+03:00",
        "America/Sao_Paulo | 15 0 * * 0 | 2018-11-04 | 01:00:00-02:00",
        "America/Nuuk | 30 23 * * * | 2026-03-29 | 00:00:00-01:00 23:30:00-01:00",
        "America/Nuuk | 30 23 28 * * | 2026-03-29 | 00:00:00-01:00",
        "America/Nuuk | 0 0,23 * * 6,7 | 2026-03-29 | 00:00:00-01:00 23:00:00-01:00",
        // A whole day that never was: 30 December 2011, a Friday.
        "Pacific/Apia | 0 12 30 * * | 2011-12-31 | 00:00:00+14:00",
        "Pacific/Apia | 0 12 * * FRI | 2011-12-31 | 00:00:00+14:00",
        "Pacific/Apia | 0 12 * 12 5#5 | 2011-12-31 | 00:00:00+14:00",
        "Pacific/Apia | 0 0,12 * * * | 2011-12-31 | 00:00:00+14:00 12:00:00+14:00",
        "Pacific/Apia | * 12 30 * * | 2011-12-31 | ",
        // Half an hour, two hours, and the day that came twice on Kwajalein's side of the world.
        "Australia/Lord_Howe | 15 2 * * * | 2026-10-04 | 02:30:00+11:00",
        "Australia/Lord_Howe | 15,45 1 * * * | 2026-04-05 | 01:15:00+11:00 01:45:00+11:00",
        "Australia/Lord_Howe | 15,45 * 5 4 * | 2026-04-05 | 00:15:00+11:00 00:45:00+11:00 01:15:00+11:00 01:45:00+11:00 01:45:00+10:30 02:15:00+10:30 02:45:00+10:30 03:15:00+10:30",
        "Antarctica/Troll | 30 1,2 * * * | 2026-03-29 | 03:00:00+02:00",
        "Antarctica/Troll | 30 1,2 * * * | 2026-10-25 | 01:30:00+02:00 02:30:00+02:00",
        "Pacific/Kwajalein | 0 6 21 8 * | 1993-08-22 | 00:00:00+12:00",
        // Offsets of local mean time, with seconds.
        "Africa/Monrovia | 30 0 7 1 * | 1972-01-07 | 00:44:30+00:00",
        "Europe/Berlin | 0 0 1 4 * | 1893-04-01 | 00:06:32+01:00",
      })
  void aDayWithAChangeFires(String zone, String text, LocalDate date, String times)
      throws InvalidSchedule {
    ZoneId id = ZoneId.of(zone);
    Instant from = date.atStartOfDay(id).toInstant().minusSeconds(1);
    Instant to = date.plusDays(1).atStartOfDay(id).toInstant().minusSeconds(1);
    List<Instant> expected =
        times == null
            ? List.of()
            : Arrays.stream(times.split(" "))
                .map(time -> OffsetDateTime.parse(date + "T" + time).toInstant())
                .limit(8)
                .toList();
    List<Instant> naive = NaiveEvaluator.unix(text, id).between(from, to);
    List<Instant> fires = Walk.forth(Parsing.plain(text, zone), from, to);

    assertThat(fires.stream().limit(8)).isEqualTo(expected);
    assertThat(fires).isEqualTo(naive).isEqualTo(Walk.back(Parsing.plain(text, zone), from, to));
    assertThat(Parsing.plain(text, zone).count(from, to)).isEqualTo(fires.size());
  }

  @ParameterizedTest(name = "{0} in {1} after {2}")
  @CsvFileSource(resources = "/dialects/clock-changes.txt", delimiter = '|')
  void whatDebiansCronRunsSeveralTimesAtOneMomentFiresOnceAndTheRestIsTheSame(
      String text, String zone, Instant after, Instant until, String ran) throws InvalidSchedule {
    List<Instant> expected =
        ran == null
            ? List.of()
            : Arrays.stream(ran.split(" ")).map(Instant::parse).distinct().toList();
    assertThat(Walk.forth(Parsing.plain(text, zone), after, until)).isEqualTo(expected);
  }

  @Test
  void boundsAreComparedWithTheFireAndNotWithItsWallClockTime() throws InvalidSchedule {
    Instant gapEnd = Instant.parse("2026-03-29T01:00:00Z");
    Map<String, ?> ends = Map.of("hour", 2, "minute", 30, "end_date", "2026-03-29T00:59:59Z");
    Map<String, ?> starts = Map.of("hour", 2, "minute", 30, "start_date", "2026-03-29 02:45:00");
    Map<String, ?> later = Map.of("hour", 2, "minute", 30, "start_date", "2026-03-29T01:00:00.5Z");

    assertThat(Parsing.extended(ends, "Europe/Berlin").previous(Instant.MAX))
        .contains(Instant.parse("2026-03-28T01:30:00Z"));
    assertThat(Parsing.extended(starts, "Europe/Berlin").next(Instant.MIN)).contains(gapEnd);
    assertThat(Parsing.extended(later, "Europe/Berlin").next(Instant.MIN))
        .contains(Instant.parse("2026-03-30T00:30:00Z"));
  }

  @Test
  void aRuleThatLivesInTheGapAloneFiresOnlyWhileThereWasNone() throws InvalidSchedule {
    Schedule schedule = Parsing.plain("*/5 2 * 3 7L", "Europe/Berlin");

    assertThat(schedule.next(Instant.parse("2026-11-20T00:00:00Z"))).isEmpty();
    assertThat(schedule.previous(Instant.parse("2026-11-20T00:00:00Z")))
        .hasValueSatisfying(fire -> assertThat(fire).isBefore("1981-01-01T00:00:00Z"));
  }
}
