package io.actionscheduler.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.schedule.Window;
import io.actionscheduler.schedule.Windows;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("time")
class CalendarWindowsTest {
  private static String text(List<Window> windows) {
    return windows.stream()
        .map(window -> short16(window.start()) + "-" + short16(window.end()))
        .collect(Collectors.joining(" "));
  }

  private static String short16(Instant at) {
    return at.toString().substring(5, 16);
  }

  @ParameterizedTest(name = "{0} in {1} around {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        // Saturday the 28th of March, clocks change on Sunday
        "22:00-23:00 | UTC | 2026-03-28 | 03-28T22:00-03-28T23:00",
        "22:00-06:00 | UTC | 2026-03-28 | 03-28T00:00-03-28T06:00 03-28T22:00-03-29T00:00",
        "sat 22:00-06:00 | UTC | 2026-03-29 | 03-29T00:00-03-29T06:00",
        "sat-sun | UTC | 2026-03-28 | 03-28T00:00-03-29T00:00",
        "mon-fri | UTC | 2026-03-28 | ",
        "fri-mon 10:00-11:00 | UTC | 2026-03-28 | 03-28T10:00-03-28T11:00",
        "mon, sat 10:00-11:00 | UTC | 2026-03-28 | 03-28T10:00-03-28T11:00",
        "00:00-24:00 | UTC | 2026-03-28 | 03-28T00:00-03-29T00:00",
        // the clock skips 02:00 to 03:00: 01:00 UTC is 03:00
        "02:00-03:00 | Europe/Berlin | 2026-03-29 | ",
        "01:30-03:30 | Europe/Berlin | 2026-03-29 | 03-29T00:30-03-29T01:30 03-29T23:30-03-30T00:00",
        "02:30-04:00 | Europe/Berlin | 2026-03-29 | 03-29T01:00-03-29T02:00",
        // the clock repeats 02:00 to 03:00: from 00:00 to 02:00 UTC
        "02:00-03:00 | Europe/Berlin | 2026-10-25 | 10-25T00:00-10-25T02:00",
        "02:15-02:30 | Europe/Berlin | 2026-10-25 | 10-25T00:15-10-25T00:30 10-25T01:15-10-25T01:30",
        "22:00-23:00 | Asia/Tokyo | 2026-03-28 | 03-28T13:00-03-28T14:00",
      })
  void weeklyHoursAreThoseThatTheClockShows(String hours, String zone, String day, String expected)
      throws CalendarFault {
    Windows windows = WeeklyHours.read(hours).in(ZoneId.of(zone));
    Instant from = Instant.parse(day + "T00:00:00Z");

    assertThat(text(windows.between(from, from.plusSeconds(86_400))))
        .isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "22:00 | is not understood",
        "mon-fri 9-17 | is no time of the day",
        "25:00-26:00 | is no time of the day",
        "24:00-01:00 | begins when it ends; for whole days write 00:00 to 24:00",
        "09:00-09:00 | begins when it ends; for whole days write 00:00 to 24:00",
        "moo 09:00-10:00 | has no day of the week called \"moo\"",
        "mon- | has no day of the week called \"\"",
      })
  void whatIsNoHoursIsNamed(String hours, String fault) {
    assertThatThrownBy(() -> WeeklyHours.read(hours))
        .isInstanceOf(CalendarFault.class)
        .hasMessage(fault);
  }

  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-12-25 | UTC | 12-25T00:00-12-26T00:00",
        "2026-12-24..2026-12-26 | UTC | 12-24T00:00-12-27T00:00",
        "2026-12-24,2026-12-25,2026-12-30 | UTC | 12-24T00:00-12-26T00:00 12-30T00:00-12-31T00:00",
        "2026-12-20..2026-12-30,2026-12-24 | UTC | 12-20T00:00-12-31T00:00",
        "2026-12-25 | Europe/Berlin | 12-24T23:00-12-25T23:00",
        "2026-11-30..2027-01-05 | UTC | 12-01T00:00-01-01T00:00",
      })
  void datesAreWholeDaysByTheClock(String dates, String zone, String expected)
      throws CalendarFault {
    List<DateRange> days = new java.util.ArrayList<>();
    for (String one : dates.split(",")) {
      days.add(DateRange.read(one));
    }
    CalendarSettings calendar =
        new CalendarSettings("x", ZoneId.of(zone), days, List.of(), List.of());

    assertThat(
            text(
                calendar
                    .windows(List.of())
                    .between(
                        Instant.parse("2026-12-01T00:00:00Z"),
                        Instant.parse("2027-01-01T00:00:00Z"))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"2026-02-30", "tomorrow", "2026-01-02..2026-01-01", "2026-01-02.."})
  void whatIsNoDateIsNamed(String dates) {
    assertThatThrownBy(() -> DateRange.read(dates)).isInstanceOf(CalendarFault.class);
  }

  @Test
  void theRestOfATimeIsWhatNoWindowHas() throws CalendarFault {
    Windows night = WeeklyHours.read("22:00-06:00").in(ZoneId.of("UTC"));
    Instant from = Instant.parse("2026-03-28T00:00:00Z");
    Instant until = Instant.parse("2026-03-29T00:00:00Z");

    assertThat(text(night.complement().between(from, until))).isEqualTo("03-28T06:00-03-28T22:00");
    assertThat(text(Windows.union(List.of(night, night.complement())).between(from, until)))
        .isEqualTo("03-28T00:00-03-29T00:00");
    assertThat(night.complement().contain(from)).isFalse();
    assertThat(night.contain(from)).isTrue();
    assertThat(night.between(until, from)).isEmpty();
  }
}
