package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small values of which schedules are made, at their limits. */
class ScheduleValuesTest {
  private static Years years(int... years) {
    BitSet set = new BitSet();
    IntStream.of(years).forEach(set::set);
    return Years.of(set);
  }

  @Test
  void yearsWithoutAGapAreEveryYearBetweenTheirEnds() {
    Years years = years(2020, 2021, 2022);

    assertThat(years.chosen().isEmpty()).isTrue();
    assertThat(years.contains(2019)).isFalse();
    assertThat(years.contains(2020)).isTrue();
    assertThat(years.contains(2022)).isTrue();
    assertThat(years.contains(2023)).isFalse();
    assertThat(years.atOrAfter(1000)).isEqualTo(2020);
    assertThat(years.atOrAfter(2021)).isEqualTo(2021);
    assertThat(years.atOrBefore(3000)).isEqualTo(2022);
    assertThat(years.atOrBefore(2021)).isEqualTo(2021);
    assertThat(Years.ALL.contains(Integer.MIN_VALUE)).isTrue();
    assertThat(Years.ALL.contains(Integer.MAX_VALUE)).isTrue();
  }

  @Test
  void yearsWithAGapAreThoseThatWereChosen() {
    Years years = years(2020, 2022, 2030);

    assertThat(years.contains(2020)).isTrue();
    assertThat(years.contains(2021)).isFalse();
    assertThat(years.contains(2030)).isTrue();
    assertThat(years.atOrAfter(1000)).isEqualTo(2020);
    assertThat(years.atOrAfter(2023)).isEqualTo(2030);
    assertThat(years.atOrBefore(2029)).isEqualTo(2022);
    assertThat(years.atOrBefore(3000)).isEqualTo(2030);
  }

  @Test
  void yearsAreEqualWhereAllOfThemAre() {
    assertThat(years(2020, 2022)).isEqualTo(years(2020, 2022)).hasSameHashCodeAs(years(2020, 2022));
    for (Years other :
        new Years[] {years(2020, 2021, 2022), years(2020, 2023), years(2019, 2022)}) {
      assertThat(other).isNotEqualTo(years(2020, 2022));
      assertThat(other.hashCode()).isNotEqualTo(years(2020, 2022).hashCode());
    }
    assertThat(years(2020)).isNotEqualTo(years(2020, 2021)).isNotEqualTo(years(2019, 2020));
    assertThat(years(2020).hashCode()).isNotEqualTo(years(2020, 2021).hashCode());
    assertThat(years(2020).hashCode()).isNotEqualTo(years(2019, 2020).hashCode());
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "1970-01-01T00:00:01.000002999Z, 1000002",
    "1969-12-31T23:59:59.999999Z, -1",
    "2026-11-28T12:00:00.123456Z, 1795867200123456",
  })
  void instantsAreMicrosecondsSinceTheEpoch(Instant at, long micros) {
    assertThat(Micros.of(at)).isEqualTo(micros);
    assertThat(Micros.instant(micros)).isEqualTo(at.truncatedTo(ChronoUnit.MICROS));
  }

  @Test
  void instantsBeyondWhatMicrosecondsHoldAreMovedToTheirEnds() {
    Instant last = Micros.instant(Micros.MOST);

    assertThat(Micros.of(last)).isEqualTo(Micros.MOST);
    assertThat(Micros.of(last.plusNanos(1_000))).isEqualTo(Micros.MOST);
    assertThat(Micros.of(last.minusNanos(1_000))).isEqualTo(Micros.MOST - 1);
    assertThat(Micros.of(Instant.MAX)).isEqualTo(Micros.MOST);
    assertThat(Micros.of(Instant.MIN)).isEqualTo(-Micros.MOST);
  }

  @Test
  void boundsAreTheWholeSecondsBetweenTwoInstants() {
    Instant whole = Instant.ofEpochSecond(100);

    assertThat(Bounds.between(whole, whole)).isEqualTo(new Bounds(100, 100));
    assertThat(Bounds.between(whole.plusNanos(1), whole.plusNanos(1)))
        .isEqualTo(new Bounds(101, 100));
    assertThat(Bounds.between(Instant.MIN, Instant.MAX)).isSameAs(Bounds.NONE);
  }

  @Test
  void aSpanAnswersForTheTimesThatItsClockShows() {
    Span summer = new Span(1_000_000, 2_000_000, 3600, 7200);

    assertThat(summer.opens(true)).isEqualTo(1_007_200);
    assertThat(summer.opens(false)).isEqualTo(1_003_600);
    assertThat(summer.closes()).isEqualTo(2_007_200);
    assertThat(summer.instant(1_007_201)).isEqualTo(1_000_001);
    assertThat(summer.instant(1_005_000)).isEqualTo(1_000_000);
  }

  @Test
  void anIntervalEndsWithItsLastMoment() throws InvalidSchedule {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    Instant end = start.plusSeconds(30);
    Interval interval = Interval.of(start, Duration.ofSeconds(10), end);

    assertThat(interval.next(start.minusNanos(1_000))).contains(start);
    assertThat(interval.next(start)).contains(start.plusSeconds(10));
    assertThat(interval.next(start.plusSeconds(20))).contains(end);
    assertThat(interval.next(end)).isEmpty();
    assertThat(interval.previous(end.plusSeconds(99))).contains(end);
    assertThat(interval.previous(end.minusNanos(1_000))).contains(end.minusSeconds(10));
    assertThat(interval.previous(start)).contains(start);
    assertThat(interval.previous(start.minusNanos(1_000))).isEmpty();
    assertThat(interval.count(Instant.MIN, Instant.MAX)).isEqualTo(4);
    assertThat(interval.count(start, end)).isEqualTo(3);
    assertThat(interval.count(end, start)).isZero();
    assertThat(Parsing.utc("1s").next(Instant.MAX)).isEmpty();
    assertThatThrownBy(() -> new Interval(0, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("every 0 is not more than 0");
  }

  @Test
  void aRuleWithoutAMonthIsRefused() {
    MonthDays days = MonthDays.of((length, first) -> 1);
    TimeSet midnight = new TimeSet(1, 1, 1);

    assertThatThrownBy(() -> new CalendarRule(Years.ALL, 0, days, midnight, ClockChanges.ONCE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no month");
    assertThat(
            new CalendarRule(Years.ALL, 1, days, midnight, ClockChanges.ONCE)
                .in(ZoneOffset.UTC)
                .next(Instant.parse("2026-11-28T00:00:00Z")))
        .contains(Instant.parse("2027-01-01T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1s", "36500d", "1w1d1h1m1s", "0w1s", "007m", "1w"})
  void theseAreIntervals(String text) {
    assertThat(ScheduleParser.isAllowedInterval(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "0s",
        "36500d1s",
        "36501d",
        "1s1s",
        "1h1d",
        "1",
        "1h1",
        "1x",
        "1 h",
        "1m0",
        "0"
      })
  void theseAreNotIntervals(String text) {
    assertThat(ScheduleParser.isAllowedInterval(text)).isFalse();
  }

  @Test
  void theFormOfATextIsThatOfItsFormat() throws InvalidSchedule {
    assertThat(ScheduleParser.form(" 5m "))
        .isEqualTo(Map.of("format", "interval", "params", Map.of("every", "5m")));
    assertThat(ScheduleParser.form("@daily"))
        .isEqualTo(Map.of("format", "unix", "params", Map.of("value", "@daily")));
    assertThat(ScheduleParser.form("*\t* * * *"))
        .isEqualTo(Map.of("format", "unix", "params", Map.of("value", "*\t* * * *")));
    assertThat(ScheduleParser.form("2026-12-31"))
        .isEqualTo(Map.of("format", "date", "params", Map.of("run_date", "2026-12-31")));
    assertThatThrownBy(() -> ScheduleParser.form("soon"))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessageStartingWith("cron \"soon\": not a schedule; write crontab");
    assertThatThrownBy(() -> ScheduleParser.form("PT5M"))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessageStartingWith("cron \"PT5M\": a duration of ISO 8601");
    assertThatThrownBy(() -> ScheduleParser.form("5\u00a0m"))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessageStartingWith("character 2 is no-break space (U+00A0)");
  }
}
