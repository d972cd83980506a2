package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.zone.ZoneChoice;
import io.actionscheduler.zone.ZoneData;
import io.actionscheduler.zone.Zones;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZonesCommandTest {
  @TempDir private Path folder;
  private Installation installation;

  @BeforeEach
  void install() {
    installation = Installation.in(folder);
    installation.add("opening", "x", cron("America/Vancouver"));
    installation.add("backup", "x", cron("Europe/Berlin"));
  }

  @AfterEach
  void restore() {
    Zones.use(ZoneData.of(ZoneChoice.of(ZoneChoice.NEWEST, System.getenv())));
  }

  private static String cron(String zone) {
    return "{\"format\": \"unix\", \"params\": {\"value\": \"0 9 * * *\", \"timezone\": \""
        + zone
        + "\"}}";
  }

  private static List<String> words(Typed typed, String first) {
    return typed.lines().stream()
        .filter(line -> line.startsWith(first))
        .findFirst()
        .map(line -> List.of(line.strip().split(" {2,}")))
        .orElseThrow(() -> new AssertionError(typed.out() + typed.err()));
  }

  @Test
  void zonesInUseAreShownWithTheirLaw() {
    Typed zones = installation.type("zones");
    String inForce = Zones.inForce().first().name() + " " + Zones.inForce().first().version();

    assertThat(zones.code()).isZero();
    assertThat(zones.lines().get(0))
        .startsWith("time zone data " + Zones.inForce().first().version() + " from ");
    assertThat(words(zones, "America/Vancouver"))
        .containsExactly("America/Vancouver", "-07:00", "none", inForce, "1");
    assertThat(words(zones, "Europe/Berlin"))
        .containsExactly(
            "Europe/Berlin", "+01:00", "2027-03-28T02:00:00+01:00", "+02:00", inForce, "1");
    assertThat(words(zones, "UTC")).containsExactly("UTC", "Z", "none", "none", "0");
  }

  /** The data in the jar stand in for new ones, and those of the JDK for old ones. */
  @Test
  void whereOlderDataDifferIsShownWithTheActions() {
    installation.configToo("timezones: {data: bundled}");

    Typed diff = installation.type("zones", "--diff");

    assertThat(diff.code()).isZero();
    if (diff.out().contains("jdk 2025a") || diff.out().contains("jdk 2026a")) {
      assertThat(words(diff, "America/Vancouver").subList(0, 4))
          .containsExactly("America/Vancouver", "-07:00", "-08:00", "2026-11-01T09:00:00Z");
      assertThat(words(diff, "America/Vancouver")).last().isEqualTo("action 1 \"opening\"");
      assertThat(diff.lines().get(1)).startsWith("America/Vancouver"); // in use: it comes first
    }
    assertThat(diff.out()).doesNotContain("Europe/Berlin");
  }

  @Test
  void theDataAreThoseThatTheSettingsAskFor() {
    installation.configToo("timezones: {data: jdk}");

    Typed zones = installation.type("zones");

    assertThat(zones.lines().get(0)).contains(" from jdk (");
    assertThat(words(zones, "Europe/Berlin").get(4)).startsWith("jdk ");
  }

  @Test
  void comingChangesAreListed() {
    Typed changes = installation.type("zones", "--changes", "2027");

    assertThat(changes.lines().stream().skip(1).map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "2027-03-28T02:00:00+01:00 Europe/Berlin +01:00 +02:00 1",
            "2027-10-31T03:00:00+02:00 Europe/Berlin +02:00 +01:00 1");
    assertThat(installation.type("zones", "--changes", "2027", "--json").out())
        .contains(
            "{\"zone\":\"Europe/Berlin\",\"at\":\"2027-03-28T02:00:00+01:00\","
                + "\"offset_before\":\"+01:00\",\"offset_after\":\"+02:00\",\"actions\":1}");
  }

  @Test
  void wrongUsageIsSaid() {
    assertThat(installation.type("zones", "--diff", "--changes", "2027"))
        .extracting(Typed::code, Typed::out)
        .containsExactly(2, "");
    assertThat(installation.type("zones", "--changes", "12").err())
        .contains("--changes 12: allowed are years from 1970 to 2100");
    installation.configToo("timezones: {data: jkd}");
    assertThat(installation.type("zones").err())
        .contains(
            "timezones.data: \"jkd\" is not a folder; did you mean jdk? allowed: newest, system,"
                + " bundled, jdk, or a folder with time zones");
  }
}
