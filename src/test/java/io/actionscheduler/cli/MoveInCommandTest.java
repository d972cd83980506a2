package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoveInCommandTest {
  private static final String CRONTAB =
      """
      # backup
      30 2 * * * /usr/bin/backup
      0,15,30,45 2 * * * quarter
      @reboot start
      """;

  @TempDir Path folder;
  private Installation here;

  @BeforeEach
  void install() {
    here = Installation.in(folder);
  }

  @Test
  void byDefaultAllIsShownAndNothingWritten() throws Exception {
    String config = Files.readString(folder.resolve("config.yaml"));

    Typed typed = move(CRONTAB, "--timezone", "Europe/Berlin");

    assertThat(typed.code()).isZero();
    assertThat(typed.out())
        .contains("- name: backup", "timezone: Europe/Berlin", "callbacks:", "type: process")
        .contains("line 4: \"@reboot start\": the start of the machine is not a time")
        .containsPattern("line 2 \"backup\": \\d+ here, \\d+ there, the same")
        .containsPattern("clock changes: 2 differ: \\S+T03:00:00\\+02:00 1 here, 4 there");
    assertThat(typed.err()).contains("2 actions, 1 not taken over; nothing was written");
    assertThat(Files.readString(folder.resolve("config.yaml"))).isEqualTo(config);
    assertThat(here.type("actions", "list", "--json").out()).doesNotContain("backup");
  }

  @Test
  void writtenTwiceNothingIsDoubled() throws Exception {
    assertThat(move(CRONTAB, "--write").out()).contains("callbacks added; 2 added, 0 replaced");
    assertThat(move(CRONTAB, "--write").out()).isEqualTo("0 added, 2 replaced\n");

    assertThat(Files.readString(folder.resolve("config.yaml"))).containsOnlyOnce("callbacks:");
    assertThat(here.type("validate").code()).isZero();
    assertThat((List<?>) Json.parse(here.type("actions", "list", "--json").out())).hasSize(2);
  }

  @Test
  void callbacksThatPeopleWroteAreLeftToThem() throws Exception {
    here.configToo("callbacks: {mine: {type: stdout}}\n");

    Typed typed = move(CRONTAB, "--write");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err())
        .contains("callbacks: has no crontab; nothing was written", "type: process");
    assertThat(here.type("actions", "list", "--json").out()).doesNotContain("backup");
  }

  @Test
  void halfACrontabIsNotWritten() {
    Typed typed = move("30 2 * * * fine\n0 9 * *\n", "--write");

    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.out()).contains("line 2: \"0 9 * *\": no crontab line");
    assertThat(typed.err()).contains("nothing is written before all lines are understood");
    assertThat(here.type("actions", "list", "--json").out()).doesNotContain("fine");
  }

  @Test
  void programsReadJson() throws Exception {
    Map<?, ?> report = (Map<?, ?>) Json.parse(move(CRONTAB, "--json").out());

    assertThat(report.get("written")).isEqualTo(false);
    Map<?, ?> backup = (Map<?, ?>) ((List<?>) report.get("actions")).get(0);
    assertThat((Map<String, Object>) cast(backup.get("proof"))).containsEntry("same", true);
    assertThat((List<?>) report.get("not_taken_over")).hasSize(1);
  }

  @Test
  void weekdaysReadAsInThePythonProgramAreShownByTheProof() {
    here.configToo("schedules: {unix_dialect: apscheduler}\n");

    assertThat(move("0 9 * * 1 x", "--timezone", "UTC").out())
        .contains("days: day rules, weekday numbers:");
  }

  private Typed move(String crontab, String... options) {
    String[] arguments = new String[options.length + 5];
    List.of("actions", "import", "--from", "crontab", "-").toArray(arguments);
    System.arraycopy(options, 0, arguments, 5, options.length);
    return here.typeWith(crontab, arguments);
  }

  @SuppressWarnings("unchecked")
  private static <T> T cast(Object value) {
    return (T) value;
  }
}
