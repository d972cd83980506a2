package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("time")
class NextOfTableTest {
  @TempDir private Path folder;
  private Installation here;

  @BeforeEach
  void install() {
    here = Installation.in(folder);
    here.add("hourly", "go", "@hourly");
    here.add("off", "stop", "@hourly");
    here.add("often", "poll", "30m");
    here.type("actions", "disable", "2");
  }

  @Test
  void comingFiresAreInTheOrderOfTimeThenOfIds() {
    assertThat(here.type("next", "--count", "4").lines())
        .containsExactly(
            "NEXT                       ID  NAME    COMMAND",
            "2026-11-20T10:30:00+00:00   3  often   poll",
            "2026-11-20T11:00:00+00:00   1  hourly  go",
            "2026-11-20T11:00:00+00:00   3  often   poll",
            "2026-11-20T11:30:00+00:00   3  often   poll");
  }

  @Test
  void anActionThatIsNamedAndHasNoComingFiresIsToldWhy() {
    assertThat(here.type("next", "2").err())
        .isEqualTo("action 2 \"off\": disabled, it does not fire\n");
    here.add("over", "x", "2020-01-01T00:00:00Z");
    assertThat(here.type("next", "4").err())
        .isEqualTo("action 4 \"over\": no fire after 2026-11-20T10:00:00+00:00\n");
    assertThat(here.type("next", "1").err()).isEmpty();
  }

  @Test
  void aZoneAndABeginningMayBeGiven() throws InvalidJson {
    Typed next =
        here.type(
            "next", "--json", "--count=1", "--timezone=Europe/Berlin", "--after=2026-12-01 00:10");
    assertThat(Json.parse(next.out()))
        .isEqualTo(
            List.of(
                Map.of(
                    "next", "2026-12-01T00:30:00+01:00",
                    "id", "3",
                    "name", "often",
                    "command", "poll")));
  }

  @Test
  void aWeekIsDrawnAsStripsWithALineForEachDay() {
    here.add("nightly", "go", "30 3 * * *");
    List<String> week = here.type("next", "--week", "--timezone=UTC").lines();
    assertThat(week).hasSize(9);
    assertThat(week.get(0))
        .isEqualTo(" ".repeat(16) + "00  02  04  06  08  10  12  14  16  18  20  22    FIRES");
    assertThat(week.get(1)).startsWith("Fri 2026-11-20  ").endsWith("  73");
    assertThat(week.get(8)).startsWith(". none, 1 to 9 fires, + ten and more");
    // Each hour: one fire of "hourly" with one of "often", then one of "often"; 03:30 one more.
    assertThat(week.get(2))
        .isEqualTo("Sat 2026-11-21  " + "21".repeat(3) + "22" + "21".repeat(20) + "  73");
  }

  @Test
  void theHourThatComesTwiceHasTwoColumnsAndTheOneThatIsSkippedNone() {
    List<String> autumn =
        here.type(
                "next",
                "--week",
                "30 2 * * *",
                "*/30 * * * *",
                "--timezone=Europe/Berlin",
                "--after=2026-10-24 00:00")
            .lines();
    assertThat(autumn.get(1)).isEqualTo("Sat 2026-10-24  111112  " + "11".repeat(21) + "  49");
    assertThat(autumn.get(2)).isEqualTo("Sun 2026-10-25  11111211" + "11".repeat(21) + "  51");
    assertThat(autumn)
        .contains("2026-10-25: the clock is set from 03:00 to 02:00, the times between come twice");
    List<String> spring =
        here.type(
                "next",
                "--week",
                "*/30 * * * *",
                "--timezone=Europe/Berlin",
                "--after=2026-03-28 00:00")
            .lines();
    assertThat(spring.get(2)).isEqualTo("Sun 2026-03-29  1111  " + "11".repeat(21) + "  46");
  }

  @Test
  void theSettingsHoldForExpressionsToo() {
    here.configToo("schedules: {unix_dialect: apscheduler}\n");
    assertThat(here.type("next", "0 12 * * 1", "--count=1").lines())
        .containsExactly("2026-11-24T12:00:00+00:00");
  }
}
