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
class ValidateCommandTest {
  private static final String JOBS =
      "CREATE TABLE apscheduler_jobs (id VARCHAR(191) PRIMARY KEY, next_run_time FLOAT(25),"
          + " job_state BLOB NOT NULL)";
  private static final String JOB =
      "INSERT INTO apscheduler_jobs VALUES ('1', 1795220000.0, x'00')";

  @TempDir private Path folder;
  private Installation here;

  @BeforeEach
  void install() {
    here = Installation.in(folder);
  }

  @Test
  void aSoundTableHasNoLines() {
    here.add("x", "go", "* * * * *");
    Typed validate = here.type("validate");
    assertThat(validate.code()).isZero();
    assertThat(validate.out()).isEmpty();
    assertThat(validate.err()).startsWith("time zone data ").endsWith("\n1 action, no problem\n");
  }

  @Test
  void eachRowWithAProblemGetsALine() {
    here.add("never", "go", "0 0 30 2 *");
    here.add("over", "go", "2020-01-01T00:00:00Z");
    here.add("fine", "go", "1h");
    here.sql(
        "INSERT INTO action (id, name, command, cron) VALUES (4, 'step', 'x', '0/15 * * * *')",
        "INSERT INTO action (id, name, command, cron, callback) VALUES (5, 'to', 'x', '1h', 'stdot')");
    Typed validate = here.type("validate");
    assertThat(validate.code()).isEqualTo(1);
    assertThat(validate.lines()).hasSize(4);
    assertThat(validate.lines().get(0))
        .startsWith("action 1 \"never\": cron")
        .contains("never fires");
    assertThat(validate.lines().get(1))
        .startsWith("action 2 \"over\"")
        .contains("2020-01-01T00:00:00");
    assertThat(validate.lines().get(2)).startsWith("action 4 \"step\": cron").contains("0/15");
    assertThat(validate.lines().get(3)).startsWith("action 5 \"to\": callback").contains("stdout");
    assertThat(validate.err()).startsWith("time zone data ").endsWith("\n5 actions, 4 problems\n");
  }

  @Test
  void jsonNamesKindAndAction() throws InvalidJson {
    here.add("never", "go", "0 0 30 2 *");
    Typed validate = here.type("validate", "--json");
    assertThat(validate.code()).isEqualTo(1);
    Map<?, ?> problem = (Map<?, ?>) ((List<?>) Json.parse(validate.out())).get(0);
    assertThat(problem.get("kind")).isEqualTo("never_fires");
    assertThat(problem.get("action")).isEqualTo("1");
  }

  @Test
  void settingsAreToldAllAtOnceWithExit2() throws InvalidJson {
    here.configToo("tmiezone: UTC\nmax_concurrent: many\n");
    Typed validate = here.type("validate");
    assertThat(validate.code()).isEqualTo(2);
    assertThat(validate.err().lines()).hasSize(2);
    assertThat(validate.err()).contains("config.yaml:7: tmiezone", "timezone", "max_concurrent");
    Typed json = here.type("validate", "--json");
    assertThat(json.code()).isEqualTo(2);
    assertThat((List<?>) Json.parse(json.out())).hasSize(2);
  }

  @Test
  void withThePythonProgramsJobsRowsOfAnotherMeaningAreListed() {
    here.add("mondays", "go", "0 12 * * 1");
    here.add("same", "go", "0 12 * * *");
    here.sql(JOBS, JOB);
    Typed validate = here.type("validate");
    assertThat(validate.code()).isEqualTo(1);
    assertThat(validate.lines()).hasSize(1);
    assertThat(validate.lines().get(0))
        .startsWith("action 1 \"mondays\": cron")
        .contains(
            "crontab: 2026-11-23T12:00:00+00:00, 2026-11-30T12:00:00+00:00",
            "Python program: 2026-11-24T12:00:00+00:00, 2026-12-01T12:00:00+00:00");
  }

  @Test
  void whoHasChosenAReadingIsToldTheDifferencesAndNothingIsWrong() {
    here.add("mondays", "go", "0 12 * * 1");
    here.configToo("schedules: {unix_dialect: apscheduler}\n");
    Typed validate = here.type("validate");
    assertThat(validate.code()).isZero();
    assertThat(validate.lines()).hasSize(1);
    assertThat(validate.err()).contains("1 read differently by the Python program");
  }

  @Test
  void aRowThatOnlyOneReadingTakesIsADifference() {
    here.configToo("schedules: {unix_dialect: apscheduler}\n");
    here.add("quarters", "go", "0/15 * * * *");
    assertThat(here.type("validate").out()).contains("crontab: refused (");
  }

  @Test
  void validatingChangesNothing() {
    here.add("x", "go", "* * * * *");
    here.type("validate");
    assertThat(here.type("progress", "show").lines()).hasSize(1);
  }
}
