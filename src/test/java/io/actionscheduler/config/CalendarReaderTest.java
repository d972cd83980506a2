package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.calendar.Blackout;
import io.actionscheduler.calendar.CalendarPlan;
import io.actionscheduler.calendar.CalendarSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CalendarReaderTest {
  @Test
  void calendarsHaveDatesHoursAndFiles() throws InvalidConfig {
    CalendarPlan plan =
        Config.of(
                """
                timezone: Asia/Tokyo
                calendars:
                  holidays:
                    dates: [2026-12-25, "2026-12-30..2027-01-02"]
                    ics: [a.ics, b.ics]
                    timezone: Europe/Berlin
                  office:
                    weekly: "mon-fri 09:00-17:00"
                """)
            .calendars();

    assertThat(plan.names()).containsExactlyInAnyOrder("holidays", "office");
    CalendarSettings holidays = plan.calendars().get(0);
    assertThat(holidays.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(holidays.dates()).hasSize(2);
    assertThat(holidays.files()).containsExactly(Path.of("a.ics"), Path.of("b.ics"));
    CalendarSettings office = plan.calendars().get(1);
    assertThat(office.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(office.weekly()).hasSize(1);
  }

  @Test
  void blackoutsHaveTheirDefaults() throws InvalidConfig {
    CalendarPlan plan =
        Config.of(
                """
                timezone: Asia/Tokyo
                blackout:
                  - {from: 22:00, to: "23:00"}
                  - {from: "23:30", to: "01:00", days: [sat, sun], mode: skip, timezone: UTC}
                """)
            .calendars();

    Blackout first = plan.blackouts().get(0);
    assertThat(first.mode()).isEqualTo(Blackout.Mode.HOLD);
    assertThat(first.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(first.hours().days()).hasSize(7);
    assertThat(first.hours().from()).isEqualTo(22 * 3600);
    Blackout second = plan.blackouts().get(1);
    assertThat(second.mode()).isEqualTo(Blackout.Mode.SKIP);
    assertThat(second.hours().days()).isEqualTo(Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));
    assertThat(second.hours().until()).isEqualTo(3600);
  }

  @Test
  void variablesNameThemToo() throws InvalidConfig {
    CalendarPlan plan =
        Config.withVariables(
                Map.of(
                    "CALENDARS__HOLIDAYS__DATES", "2026-12-25,2026-12-26",
                    "BLACKOUT__0__FROM", "22:00",
                    "BLACKOUT__0__TO", "23:00"))
            .calendars();

    assertThat(plan.calendars().get(0).dates()).hasSize(2);
    assertThat(plan.blackouts()).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "calendars: {x: {dates: 2026-02-30}} | calendars.x.dates: \"2026-02-30\" is not an existing date; allowed: a date such as",
        "calendars: {x: {weekly: 9-17}} | calendars.x.weekly: \"9-17\" is no time of the day; allowed: hours such as",
        "calendars: {x: {weekley: mon}} | calendars.x.weekley: unknown setting, value \"mon\"; did you mean weekly?",
        "calendars: {x: {timezone: UTC}} | the calendar x has no time at all",
        "calendars: {x: {dates: 2026-01-01, timezone: Berlin}} | calendars.x.timezone: \"Berlin\" is not a time zone",
        "calendars: {a b: {dates: 2026-01-01}} | \"a b\" is no name",
        "calendars: {x: monday} | calendars.x: \"monday\" stands where a section is expected",
        "blackout: {from: '22:00', to: '23:00'} | a list is expected",
        "blackout: night | a list is expected",
        "blackout: [{from: '22:00'}] | blackout.0.to: required, and not set",
        "blackout: [{from: '22:00', to: '22:00'}] | begins when it ends",
        "blackout: [{from: '22:00', to: '26:00'}] | blackout.0.to: \"26:00\" is no time of the day",
        "blackout: [{from: '22:00', to: '23:00', mode: wait}] | \"wait\" is unknown",
        "blackout: [{from: '22:00', to: '23:00', days: mo}] | has no day of the week called \"mo\"",
        "blackout: [{from: '22:00', to: '23:00', until: x}] | blackout.0.until: unknown setting",
      })
  void whatIsWrongIsNamed(String yaml, String problem) {
    assertThat(Config.problems(yaml + "\n"))
        .isNotEmpty()
        .anySatisfy(found -> assertThat(found).startsWith("config.yaml:7").contains(problem));
  }

  static Stream<String> yamlBlocks() throws IOException {
    return Pattern.compile("(?s)```yaml\n(.*?)```")
        .matcher(Files.readString(Path.of("docs/calendars.md")))
        .results()
        .map(block -> block.group(1));
  }

  @ParameterizedTest
  @MethodSource("yamlBlocks")
  void whatThePageShowsLoads(String yaml) {
    assertThat(Config.problems(yaml)).isEmpty();
  }
}
