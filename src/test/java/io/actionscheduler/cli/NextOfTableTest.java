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
  void theSettingsHoldForExpressionsToo() {
    here.configToo("schedules: {unix_dialect: apscheduler}\n");
    assertThat(here.type("next", "0 12 * * 1", "--count=1").lines())
        .containsExactly("2026-11-24T12:00:00+00:00");
  }
}
