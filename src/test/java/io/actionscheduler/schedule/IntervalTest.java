package io.actionscheduler.schedule;

import static io.actionscheduler.schedule.Parsing.form;
import static io.actionscheduler.schedule.Parsing.timing;
import static io.actionscheduler.schedule.Parsing.utc;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("time")
class IntervalTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void withoutAStartItFallsOnMultiplesSinceTheEpoch() throws InvalidSchedule {
    Schedule quarters = utc("15m");

    assertThat(quarters.next(Instant.parse("2026-11-20T10:15:00Z")))
        .contains(Instant.parse("2026-11-20T10:30:00Z"));
    assertThat(quarters.next(Instant.parse("2026-11-20T10:14:59.999999999Z")))
        .contains(Instant.parse("2026-11-20T10:15:00Z"));
    assertThat(quarters.previous(Instant.parse("2026-11-20T10:29:59.999999999Z")))
        .contains(Instant.parse("2026-11-20T10:15:00Z"));
    assertThat(quarters.next(Instant.MIN)).contains(Instant.EPOCH);
    assertThat(quarters.previous(Instant.EPOCH.minusNanos(1))).isEmpty();
    assertThat(quarters.next(Instant.MAX)).isEmpty();
  }

  @Test
  void itCountsRealTimeFromItsStartThroughAChangeOfTheClock() throws InvalidSchedule {
    Map<String, ?> params = Map.of("every", "1d", "start_date", "2026-03-28 12:00:00.000001");
    Schedule daily = timing(form("interval", params), BERLIN).schedule();

    assertThat(daily.next(Instant.MIN)).contains(Instant.parse("2026-03-28T11:00:00.000001Z"));
    assertThat(daily.next(Instant.parse("2026-03-28T11:00:00.000001Z")))
        .contains(Instant.parse("2026-03-29T11:00:00.000001Z"));
    assertThat(daily.previous(Instant.parse("2026-03-28T11:00:00Z"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z, 0",
    "2026-01-01T00:00:00Z, 2025-01-01T00:00:00Z, 0",
    "2026-01-01T00:00:00Z, 2026-01-01T00:01:30Z, 1",
    "2026-01-01T00:00:01Z, 2026-01-01T00:03:00.5Z, 2",
    "1950-01-01T00:00:00Z, 1970-01-01T00:00:00Z, 1",
    "2025-01-01T00:00:00Z, 2026-01-01T00:00:00Z, 350400",
  })
  void theCountIsThatOfTheFires(Instant after, Instant upTo, long count) throws InvalidSchedule {
    assertThat(utc("90s").count(after, upTo)).isEqualTo(count);
  }

  @Test
  void onceIsOnce() throws InvalidSchedule {
    Instant at = Instant.parse("2026-12-31T23:59:59.5Z");
    Schedule once =
        timing(form("date", Map.of("run_date", "2027-01-01 00:59:59.5")), BERLIN).schedule();

    assertThat(once.next(at.minusNanos(1))).contains(at);
    assertThat(once.next(at)).isEmpty();
    assertThat(once.previous(at)).contains(at);
    assertThat(once.previous(at.minusNanos(1))).isEmpty();
    assertThat(once.count(at.minusNanos(1), at)).isOne();
    assertThat(once.count(at, at.plusSeconds(1))).isZero();
    assertThat(once.count(Instant.MIN, Instant.MAX)).isOne();
    assertThat(once).isEqualTo(utc("2026-12-31T23:59:59.5Z")).isNotEqualTo(utc("2026-12-31"));
  }
}
