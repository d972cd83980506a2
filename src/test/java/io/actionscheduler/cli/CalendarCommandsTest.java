package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** It is Friday, the 20th of November 2026, 10:00 UTC. */
class CalendarCommandsTest {
  @TempDir Path folder;

  @BeforeEach
  void settings() throws IOException {
    config("");
  }

  private void config(String more) throws IOException {
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        timezone: UTC
        calendars:
          weekend: {weekly: sat-sun}
          office: {weekly: ["mon-fri 09:00-17:00"]}
        actions_db: {dialect: sqlite, database: '%1$s/a.db'}
        internal_db: {dialect: sqlite, database: '%1$s/b.db'}
        action:
          callback: stdout
          defaults: {merge_missed: false, actuality_time: -1}
        """
                .formatted(folder)
            + more);
  }

  private Typed command(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--config");
    all.add(folder.resolve("config.yaml").toString());
    return Typed.command(all.toArray(String[]::new));
  }

  private void add(String... options) {
    List<String> all =
        new ArrayList<>(List.of("actions", "add", "--name", "n", "--command", "c", "--cron"));
    all.addAll(List.of(options));
    assertThat(command(all.toArray(String[]::new))).extracting(Typed::code).isEqualTo(0);
  }

  @Test
  void comingFiresAreThoseThatACalendarLeaves() {
    assertThat(command("db", "upgrade").code()).isZero();
    add("0 12 * * *", "--calendar", "weekend");
    add("0 */6 * * *", "--calendar", "only:office");
    add("0 7 * * sat", "--calendar", "not:office,weekend");

    assertThat(command("next", "--count", "4").out())
        .contains("2026-11-20T12:00", "2026-11-23T12:00")
        .doesNotContain("2026-11-21", "2026-11-22", "T18:00", "T06:00");
    assertThat(command("actions", "show", "2", "--json").out())
        .contains("\"calendar\":\"only:office\"", "2026-11-20T12:00:00+00:00")
        .doesNotContain("T18:00:00");
    assertThat(command("actions", "show", "3").out()).contains("never");
    assertThat(command("actions", "edit", "1", "--calendar", "only:weekend", "--dry-run").out())
        .contains("as far as its calendars and blackouts allow", "2026-11-21T12:00:00+00:00");
  }

  @Test
  void aRowWithAnUnknownCalendarIsRejectedAndTheOthersAreNot() {
    assertThat(command("db", "upgrade").code()).isZero();
    add("@daily", "--calendar", "weekend");
    Typed wrong =
        command(
            "actions", "add", "--name", "n", "--command", "c", "--cron", "1h", "--calendar", "of");
    assertThat(wrong.code()).isNotZero();
    assertThat(wrong.err())
        .contains("calendar \"of\": no such calendar; known are office, weekend");
    assertThat(command("validate").code()).isZero();
  }

  @Test
  void aBlackoutThatSkipsLeavesOutFires() throws IOException {
    config("blackout: [{from: '11:30', to: '12:30', mode: skip}]\n");
    assertThat(command("db", "upgrade").code()).isZero();
    add("0 11,12,13 * * *");

    assertThat(command("next", "--count", "3").out())
        .contains("2026-11-20T11:00", "2026-11-20T13:00", "2026-11-21T11:00")
        .doesNotContain("T12:00");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    config("");
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        Files.readString(config).replace("  office:", "  gone: {ics: /nowhere.ics}\n  office:"));
    assertThat(command("db", "upgrade").code()).isZero();
    for (String word : List.of("validate", "next")) {
      Typed refused = command(word);
      assertThat(refused.code()).as(word).isNotZero();
      assertThat(refused.err()).contains("calendars.gone.ics: \"/nowhere.ics\" does not exist");
    }
  }
}
