package io.actionscheduler.calendar.ics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.calendar.CalendarEvents;
import io.actionscheduler.calendar.CalendarFault;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("time")
class IcsFileTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static String file(String... events) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n"
        + Stream.of(events)
            .map(event -> "BEGIN:VEVENT\r\n" + event.replace("; ", "\r\n") + "\r\nEND:VEVENT\r\n")
            .collect(Collectors.joining())
        + "END:VCALENDAR\r\n";
  }

  /** At most three of each kind. */
  private static String text(CalendarEvents events) {
    return Stream.concat(
            events.days().stream().limit(3).map(days -> days.first() + ".." + days.last()),
            events.times().stream().limit(3).map(window -> window.start() + "/" + window.end()))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "DTSTART;VALUE=DATE:20261225; DTEND;VALUE=DATE:20261227 | 2026-12-25..2026-12-26",
        "DTSTART;VALUE=DATE:20261225 | 2026-12-25..2026-12-25",
        "DTSTART;VALUE=DATE:20260329; DTEND;VALUE=DATE:20260330 | 2026-03-29..2026-03-29",
        "DTSTART:20261225T100000Z; DTEND:20261225T120000Z | 2026-12-25T10:00:00Z/2026-12-25T12:00:00Z",
        "DTSTART:20261225T100000Z; DURATION:PT90M | 2026-12-25T10:00:00Z/2026-12-25T11:30:00Z",
        "DTSTART:20261225T100000; DURATION:PT1H | 2026-12-25T09:00:00Z/2026-12-25T10:00:00Z",
        "DTSTART;TZID=Asia/Tokyo:20261225T100000; DURATION:PT1H | 2026-12-25T01:00:00Z/2026-12-25T02:00:00Z",
        "DTSTART:20261225T100000Z | ",
        "DTSTART;VALUE=DATE:20261225; RRULE:FREQ=YEARLY;COUNT=2 | 2026-12-25..2026-12-25 2027-12-25..2027-12-25",
        "DTSTART;TZID=Europe/Berlin:20260328T090000; DURATION:PT1H; RRULE:FREQ=DAILY;COUNT=2 | 2026-03-28T08:00:00Z/2026-03-28T09:00:00Z 2026-03-29T07:00:00Z/2026-03-29T08:00:00Z",
        "DTSTART:20260328T090000Z; DURATION:PT1H; RRULE:FREQ=DAILY;COUNT=3; EXDATE:20260329T090000Z | 2026-03-28T09:00:00Z/2026-03-28T10:00:00Z 2026-03-30T09:00:00Z/2026-03-30T10:00:00Z",
        "DTSTART:20260328T090000; DURATION:PT1H; RRULE:FREQ=DAILY;COUNT=2 | 2026-03-28T08:00:00Z/2026-03-28T09:00:00Z 2026-03-29T07:00:00Z/2026-03-29T08:00:00Z",
        "DTSTART;VALUE=DATE:20260328; RRULE:FREQ=DAILY;COUNT=3 | 2026-03-28..2026-03-28 2026-03-29..2026-03-29 2026-03-30..2026-03-30",
        "DTSTART;TZID=Europe/Berlin:20261025T023000; DURATION:PT15M | 2026-10-25T00:30:00Z/2026-10-25T00:45:00Z",
        "DTSTART;TZID=Europe/Berlin:20261025T013000; DTEND;TZID=Europe/Berlin:20261025T023000 | 2026-10-24T23:30:00Z/2026-10-25T00:30:00Z",
        "DTSTART;TZID=Europe/Berlin:20261025T023000; DTEND;TZID=Europe/Berlin:20261025T033000 | 2026-10-25T00:30:00Z/2026-10-25T02:30:00Z",
        "DTSTART;TZID=Europe/Berlin:20261024T023000; DURATION:PT15M; RRULE:FREQ=DAILY;COUNT=2 | 2026-10-24T00:30:00Z/2026-10-24T00:45:00Z 2026-10-25T00:30:00Z/2026-10-25T00:45:00Z",
        "DTSTART;TZID=Australia/Lord_Howe:20270404T014500; DURATION:PT15M | 2027-04-03T14:45:00Z/2027-04-03T15:00:00Z",
        "DTSTART;TZID=Europe/Berlin:20260329T023000; DURATION:PT15M | 2026-03-29T01:30:00Z/2026-03-29T01:45:00Z",
        "DTSTART:20261025T013000Z; DURATION:PT15M | 2026-10-25T01:30:00Z/2026-10-25T01:45:00Z",
        "DTSTART;VALUE=DATE:20261225; STATUS:CANCELLED | ",
        "DTSTART;VALUE=DATE:20261225; TRANSP:TRANSPARENT | 2026-12-25..2026-12-25",
      })
  void eventsAreDaysAndTimes(String event, String expected) throws CalendarFault {
    assertThat(text(IcsFile.read(file(event), BERLIN))).isEqualTo(expected == null ? "" : expected);
  }

  /** The library that expands them loses dates of the first four, or finds too many. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=HOURLY;INTERVAL=2;BYHOUR=9,11,13 | FREQ=HOURLY with INTERVAL and BYHOUR",
        "FREQ=DAILY;INTERVAL=2;BYMONTH=1,3;BYMONTHDAY=30,31,1 | FREQ=DAILY with INTERVAL and BYMONTH or BYMONTHDAY",
        "FREQ=DAILY;BYHOUR=9,12;BYSETPOS=2 | BYSETPOS with FREQ=HOURLY, FREQ=DAILY or BYHOUR",
        "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO | BYWEEKNO of a week that may reach into another year",
        "FREQ=YEARLY;BYWEEKNO=10;BYDAY=MO | ",
        "FREQ=HOURLY;BYHOUR=9,11,13;COUNT=3 | ",
        "FREQ=DAILY;INTERVAL=2;COUNT=3 | ",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3 | ",
      })
  void aRuleThatIsNotExpandedExactlyIsRefused(String rule, String part) throws CalendarFault {
    String event = file("SUMMARY:shift; DTSTART:20260105T090000Z; DURATION:PT1H; RRULE:" + rule);
    if (part == null) {
      assertThat(IcsFile.read(event, BERLIN).times()).isNotEmpty();
    } else {
      assertThatThrownBy(() -> IcsFile.read(event, BERLIN))
          .isInstanceOf(CalendarFault.class)
          .hasMessage(
              "has an event \"shift\" whose rule cannot be expanded exactly (%s); list its dates instead",
              part);
    }
  }

  @Test
  void anEventThatReplacesOneOccurrenceTakesItsPlace() throws CalendarFault {
    CalendarEvents events =
        IcsFile.read(
            file(
                "UID:a; DTSTART:20260328T090000Z; DURATION:PT1H; RRULE:FREQ=DAILY;COUNT=3",
                "UID:a; RECURRENCE-ID:20260329T090000Z; DTSTART:20260329T150000Z; DURATION:PT2H"),
            BERLIN);

    assertThat(events.times())
        .extracting(window -> window.start() + "/" + window.end())
        .containsExactly(
            "2026-03-28T09:00:00Z/2026-03-28T10:00:00Z",
            "2026-03-30T09:00:00Z/2026-03-30T10:00:00Z",
            "2026-03-29T15:00:00Z/2026-03-29T17:00:00Z");
  }

  @Test
  void aZoneThatTheFileDefinesHolds() throws CalendarFault {
    String zone =
        "BEGIN:VTIMEZONE\r\nTZID:Far\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
            + "TZOFFSETFROM:+0500\r\nTZOFFSETTO:+0500\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
    String text =
        file("DTSTART;TZID=Far:20261225T100000; DURATION:PT1H")
            .replace("BEGIN:VEVENT", zone + "BEGIN:VEVENT");

    assertThat(text(IcsFile.read(text, BERLIN)))
        .isEqualTo("2026-12-25T05:00:00Z/2026-12-25T06:00:00Z");
  }

  @Test
  void anEventWithoutAnEndRepeatsUntilTheYear2100() throws CalendarFault {
    List<?> days =
        IcsFile.read(file("DTSTART;VALUE=DATE:20260101; RRULE:FREQ=YEARLY"), BERLIN).days();
    assertThat(days).hasSize(75);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "hello | is no whole iCalendar file: BEGIN:VCALENDAR and END:VCALENDAR",
        "BEGIN:VCALENDAR | is no whole iCalendar file: BEGIN:VCALENDAR and END:VCALENDAR",
        "BEGIN:VCALENDAR~END:VCALENDAR | has no event",
        "BEGIN:VCALENDAR~BEGIN:VEVENT~SUMMARY:party~END:VEVENT~END:VCALENDAR | has an event without a beginning: \"party\"",
        "BEGIN:VCALENDAR~BEGIN:VEVENT~SUMMARY:s~DTSTART:20260102T000000Z~DTEND:20260101T000000Z~END:VEVENT~END:VCALENDAR | has an event that ends before it begins: \"s\"",
        "BEGIN:VCALENDAR~BEGIN:VEVENT~DTSTART:20260102T000000Z~DURATION:PT1S~RRULE:FREQ=SECONDLY~END:VEVENT~END:VCALENDAR | names more than 100000 times until the year 2100",
      })
  void whatIsWrongWithAFileIsNamed(String text, String fault) {
    assertThatThrownBy(() -> IcsFile.read(text.replace("~", "\r\n"), BERLIN))
        .isInstanceOf(CalendarFault.class)
        .hasMessage(fault);
  }
}
