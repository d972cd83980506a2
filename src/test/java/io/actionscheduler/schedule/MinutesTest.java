package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fires of each minute are the same by sets of hours and minutes as by a walk. */
@Tag("time")
class MinutesTest {
  private static final int WEEK = 7 * 24 * 60;

  /** The same schedule, which knows no sets. */
  private record Walked(Schedule schedule) implements Schedule {
    @Override
    public Optional<Instant> next(Instant after) {
      return schedule.next(after);
    }

    @Override
    public Optional<Instant> previous(Instant at) {
      return schedule.previous(at);
    }

    @Override
    public long count(Instant after, Instant upTo) {
      return schedule.count(after, upTo);
    }
  }

  @ParameterizedTest(name = "{0} from {1}")
  @CsvSource({
    "UTC, 2026-11-23T00:00:00Z",
    "Europe/Berlin, 2026-03-22T23:00:00Z",
    "Europe/Berlin, 2026-10-19T22:00:00Z",
    "America/New_York, 2026-03-02T00:00:00Z",
    "America/New_York, 2026-10-26T07:00:00Z",
    "Australia/Lord_Howe, 2026-03-30T00:00:00Z",
    "Australia/Lord_Howe, 2026-09-28T00:00:00Z",
    "Asia/Kolkata, 2026-11-23T00:00:00Z",
    "Pacific/Apia, 2011-12-26T00:00:00Z",
    "America/Havana, 2026-03-02T05:00:00Z",
    "Africa/Monrovia, 1972-01-03T00:00:00Z" // an offset with seconds until the 7th
  })
  void setsAndWalksAgree(ZoneId zone, Instant begin) throws InvalidSchedule {
    for (UnixDialect dialect : UnixDialect.values()) {
      ScheduleParser parser = Parsing.parser(dialect);
      for (String text :
          List.of(
              "* * * * *",
              "*/7 0-3,23 * * *",
              "30 2 * * *",
              "0 0 * * 0",
              "15,45 */2 1-15 * 1",
              "0 0 30 2 *",
              "59 23 28-31 * *")) {
        assertAgree(parser.parse(text, text, zone).schedule(), begin, zone + " " + text);
      }
    }
    ScheduleParser parser = Parsing.parser(UnixDialect.CRONTAB);
    for (String text :
        List.of("*/20 * * * * *", "5,6,58 59 1-3 * * *", "90s", "2026-11-24T10:00:30Z")) {
      assertAgree(parser.parse(text, text, zone).schedule(), begin, zone + " " + text);
    }
  }

  private static void assertAgree(Schedule schedule, Instant begin, String what) {
    long[] bySets = new long[WEEK];
    long[] byWalk = new long[WEEK];
    schedule.addMinutes(begin, 3, bySets);
    new Walked(schedule).addMinutes(begin, 3, byWalk);
    assertThat(bySets).as(what).isEqualTo(byWalk);
  }

  @ParameterizedTest(name = "{0} intervals of {1} s")
  @CsvSource({
    "1, 1",
    "3, 7",
    "500, 13",
    "500, 60",
    "40, 61",
    "500, 90",
    "500, 86400",
    "2, 700000",
    "9, 7"
  })
  void manyIntervalsOfOneLengthAreCountedTogetherAsOneByOne(int number, int seconds) {
    Instant begin = Instant.parse("2026-11-23T00:00:00Z");
    Random random = new Random(seconds);
    PlannedMinutes together = new PlannedMinutes(begin, WEEK);
    long[] oneByOne = new long[WEEK];
    for (int i = 0; i < number; i++) {
      // Before the week, in it and behind it, at its edges, and at any microsecond.
      long micros = random.nextLong(-900_000L * Micros.SECOND, 700_000L * Micros.SECOND);
      long start =
          switch (i % 3) {
            case 0 -> micros;
            case 1 -> micros / (60 * Micros.SECOND) * 60 * Micros.SECOND;
            default -> i % 2 == 0 ? 0 : -1;
          };
      long last = i % 5 == 0 ? Micros.of(begin) + 3 * start / 2 : Micros.MOST;
      Schedule interval = new Interval(Micros.of(begin) + start, seconds * Micros.SECOND, last);
      together.add(interval, 1 + i % 4);
      interval.addMinutes(begin, 1 + i % 4, oneByOne);
    }
    assertThat(together.fires()).isEqualTo(oneByOne);
  }

  @Test
  void intervalsThatHaveAllBegunAreCountedTogetherAsOneByOne() {
    Instant begin = Instant.parse("2026-11-23T00:00:00Z");
    PlannedMinutes together = new PlannedMinutes(begin, 60);
    long[] oneByOne = new long[60];
    for (int seconds = 1; seconds <= 7; seconds++) {
      Instant start = begin.minusSeconds(13L * seconds);
      Schedule interval = new Interval(Micros.of(start), 7 * Micros.SECOND, Micros.MOST);
      together.add(interval, seconds);
      interval.addMinutes(begin, seconds, oneByOne);
    }
    assertThat(together.fires()).isEqualTo(oneByOne);
  }

  @Test
  void onlyWhatIsCountedQuicklyIsAddedAtOnce() throws InvalidSchedule {
    Instant begin = Instant.parse("2026-11-23T00:00:00Z");
    Instant end = begin.plusSeconds(600);
    PlannedMinutes planned = new PlannedMinutes(begin, 10);

    assertThat(planned.addQuickly(Parsing.utc("*/5 * * * *"), 1)).isTrue();
    assertThat(planned.addQuickly(Parsing.utc("2026-11-23T00:01:30Z"), 10)).isTrue();
    assertThat(planned.addQuickly(Parsing.utc("5m"), 100)).isTrue();
    assertThat(planned.addQuickly(ending(begin.minusNanos(1_000)), 1_000)).isTrue();
    assertThat(planned.addQuickly(ending(begin), 1_000)).isFalse();
    assertThat(planned.addQuickly(ending(end.minusNanos(1_000)), 1_000)).isFalse();
    assertThat(planned.addQuickly(ending(end), 1_000)).isTrue();
    assertThat(planned.addQuickly(new Walked(Parsing.utc("* * * * *")), 1_000)).isFalse();
    assertThat(planned.fires()).containsExactly(101, 10, 0, 0, 1000, 101, 0, 0, 0, 1000);
    planned.add(new Walked(Parsing.utc("* * * * *")), 1_000_000);
    assertThat(planned.fires()).startsWith(1_000_101, 1_000_010).endsWith(1_000_000, 1_001_000);
  }

  /** Every five minutes from a minute before midnight on. */
  private static Schedule ending(Instant end) {
    return Interval.of(Instant.parse("2026-11-22T23:59:00Z"), Duration.ofMinutes(5), end);
  }
}
