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
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RRULE:FREQ=YEARLY; RRULE:FREQ=HOURLY;INTERVAL=2;BYHOUR=9,11",
        "RRULE:FREQ=YEARLY; EXRULE:FREQ=HOURLY;INTERVAL=2;BYHOUR=9,11",
      })
  void eachRuleOfAnEventIsLookedAt(String rules) {
    String event = file("SUMMARY:shift; DTSTART:20260105T090000Z; DURATION:PT1H; " + rules);
    assertThatThrownBy(() -> IcsFile.read(event, BERLIN))
        .isInstanceOf(CalendarFault.class)
        .hasMessageContaining("(FREQ=HOURLY with INTERVAL and BYHOUR)");
  }

  @Test
  void rulesAddTimesAndExceptionRulesTakeThemAway() throws CalendarFault {
    String event =
        file(
            "DTSTART;VALUE=DATE:20260105; RRULE:FREQ=DAILY;COUNT=5; RRULE:FREQ=WEEKLY;COUNT=3;"
                + "BYDAY=MO; EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=2");
    assertThat(IcsFile.read(event, BERLIN).days())
        .extracting(days -> days.first().toString())
        .containsExactly("2026-01-06", "2026-01-08", "2026-01-09", "2026-01-12", "2026-01-19");
  }

  /** Examples of RFC 5545, 3.8.5.3, whose dates it lists; further dates are counted by hand. */
  @ParameterizedTest(name = "{1} from {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "19970902T090000 | FREQ=DAILY;INTERVAL=10;COUNT=5 | 09-02 09-12 09-22 10-02 10-12",
        "19970902T090000 | FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH | 09-02 09-04 09-16 09-18 09-30 10-02 10-14 10-16",
        "19970805T090000 | FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO | 08-05 08-10 08-19 08-24",
        "19970805T090000 | FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU | 08-05 08-17 08-19 08-31",
        "19970905T090000 | FREQ=MONTHLY;COUNT=5;BYDAY=1FR | 09-05 10-03 11-07 12-05 01-02",
        "19970907T090000 | FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU | 09-07 09-28 11-02 11-30 01-04 01-25 03-01 03-29 05-03 05-31",
        "19970922T090000 | FREQ=MONTHLY;COUNT=6;BYDAY=-2MO | 09-22 10-20 11-17 12-22 01-19 02-16",
        "19970928T090000 | FREQ=MONTHLY;COUNT=6;BYMONTHDAY=-3 | 09-28 10-29 11-28 12-29 01-29 02-26",
        "19970930T090000 | FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1 | 09-30 10-01 10-31 11-01 11-30 12-01 12-31 01-01 01-31 02-01",
        "20070115T090000 | FREQ=MONTHLY;COUNT=5;BYMONTHDAY=15,30 | 01-15 01-30 02-15 03-15 03-30",
        "19980213T090000 | FREQ=MONTHLY;COUNT=5;BYDAY=FR;BYMONTHDAY=13 | 02-13 03-13 11-13 08-13 10-13",
        "19970913T090000 | FREQ=MONTHLY;COUNT=8;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13 | 09-13 10-11 11-08 12-13 01-10 02-07 03-07 04-11",
        "19970904T090000 | FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3 | 09-04 10-07 11-06",
        "19970929T090000 | FREQ=MONTHLY;COUNT=7;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2 | 09-29 10-30 11-27 12-30 01-29 02-26 03-30",
        "19970610T090000 | FREQ=YEARLY;COUNT=4;BYMONTH=6,7 | 06-10 07-10 06-10 07-10",
        "19970101T090000 | FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200 | 01-01 04-10 07-19 01-01 04-09 07-18 01-01 04-10 07-19 01-01",
        "19970519T090000 | FREQ=YEARLY;COUNT=3;BYDAY=20MO | 05-19 05-18 05-17",
        "19970512T090000 | FREQ=YEARLY;COUNT=3;BYWEEKNO=20;BYDAY=MO | 05-12 05-11 05-17",
        "19970313T090000 | FREQ=YEARLY;COUNT=4;BYMONTH=3;BYDAY=TH | 03-13 03-20 03-27 03-05",
        "19961105T090000 | FREQ=YEARLY;INTERVAL=4;COUNT=3;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8 | 11-05 11-07 11-02",
        "19980101T090000 | FREQ=DAILY;COUNT=33;BYMONTH=1;BYDAY=TH | 01-01 01-08 01-15 01-22 01-29 01-07 01-14 01-21 01-28",
      })
  void theRulesThatAreTakenHaveTheDatesOfTheStandard(String start, String rule, String dates)
      throws CalendarFault {
    String event =
        file("DTSTART;TZID=America/New_York:" + start + "; DURATION:PT1H; RRULE:" + rule);
    List<String> expected = List.of(dates.split(" "));

    assertThat(IcsFile.read(event, BERLIN).times().stream().limit(expected.size()))
        .extracting(
            window -> window.start().atZone(ZoneId.of("America/New_York")).toLocalDateTime())
        .allSatisfy(at -> assertThat(at.toLocalTime()).hasToString("09:00"))
        .extracting(at -> at.toLocalDate().toString().substring(5))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z | 09:00 12:00",
        "FREQ=MINUTELY;INTERVAL=15;COUNT=6 | 09:00 09:15 09:30 09:45 10:00 10:15",
        "FREQ=MINUTELY;INTERVAL=90;COUNT=4 | 09:00 10:30 12:00 13:30",
        "FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20,40;COUNT=7 | 09:00 09:20 09:40 10:00 10:20 10:40 09:00",
        "FREQ=HOURLY;BYHOUR=9,11,13;COUNT=4 | 09:00 11:00 13:00 09:00",
      })
  void soHaveTheRulesWithinADay(String rule, String times) throws CalendarFault {
    String event =
        file("DTSTART;TZID=America/New_York:19970902T090000; DURATION:PT1M; RRULE:" + rule);
    assertThat(IcsFile.read(event, BERLIN).times())
        .extracting(window -> window.start().atZone(ZoneId.of("America/New_York")).toLocalTime())
        .extracting(Object::toString)
        .isEqualTo(List.of(times.split(" ")));
  }
}
