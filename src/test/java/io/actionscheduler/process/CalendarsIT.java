package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A blackout that is on at a start, and a calendar that excludes today. */
@Tag("time")
class CalendarsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

  @TempDir Path folder;

  /** With a blackout that began ten minutes ago. */
  private Launch launch(Instant end) {
    Instant begin = Instant.now().minus(10, ChronoUnit.MINUTES);
    String config =
        """
        timezone: UTC
        calendars:
          away: {ics: away.ics}
        blackout:
          - {from: "%s", to: "%s", mode: hold}
        actions_db: {dialect: sqlite, database: a.db}
        internal_db: {dialect: sqlite, database: b.db}
        verify: {every: none}
        action:
          callback: stdout
          defaults: {merge_missed: false, actuality_time: -1}
        http: {port: 0}
        """
            .formatted(CLOCK.format(begin), CLOCK.format(end));
    String ics =
        """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//test//EN
        BEGIN:VEVENT
        UID:1
        SUMMARY:away
        DTSTART;VALUE=DATE:%s
        DTEND;VALUE=DATE:%s
        END:VEVENT
        END:VCALENDAR
        """
            .formatted(
                DATE.format(begin.minus(1, ChronoUnit.DAYS)),
                DATE.format(begin.plus(2, ChronoUnit.DAYS)));
    return Launch.in(folder).file("config.yaml", config).file("away.ics", ics);
  }

  private List<String> command(String... words) throws InterruptedException {
    try (Scheduler command = launch(Instant.now()).arguments(words).start()) {
      assertThat(command.awaitExit()).as(String.join(" ", words)).isZero();
      return command.stdout().all().stream().map(line -> line.text()).toList();
    }
  }

  @Test
  void nothingIsDeliveredInABlackoutAndNothingOnDaysThatACalendarExcludes() throws Exception {
    Instant later = Instant.now().plus(1, ChronoUnit.HOURS);
    try (Scheduler scheduler = launch(later).start()) {
      scheduler.awaitReady();
      ApiClient api = ApiClient.of(scheduler);
      for (String body :
          List.of(
              "{\"name\": \"held\", \"schedule_expr\": \"* * * * * *\"}",
              "{\"name\": \"off\", \"schedule_expr\": \"* * * * * *\", \"calendar\": \"away\"}")) {
        assertThat(api.post("/api/v1/jobs", body).status()).isEqualTo(201);
      }
      var unknown =
          api.post(
              "/api/v1/jobs",
              "{\"name\": \"x\", \"schedule_expr\": \"1h\", \"calendar\": \"awya\"}");
      assertThat(unknown.status()).isEqualTo(422);
      assertThat(unknown.body()).contains("did you mean away?");
      // Each second that is recorded as excluded, the other action was due, too.
      await()
          .atMost(PATIENCE)
          .until(() -> api.get("/api/v1/runs?status=excluded").list("runs").size() > 2);
      assertThat(api.get("/api/v1/runs?status=excluded&size=1").body())
          .contains("the calendar away excludes it");
      assertThat(api.get("/api/v1/jobs/2/next").body())
          .doesNotContain("\"" + later.toString().substring(0, 10) + "T");
      scheduler.stderr().await("a blackout has begun: nothing is delivered until", PATIENCE);
      scheduler.terminate();
      scheduler.awaitExit();
      assertThat(scheduler.stdout().all()).isEmpty();
    }
    Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3);
    try (Scheduler scheduler = launch(end).start()) {
      scheduler.awaitReady();
      assertThat(scheduler.stdout().await("held", 3, PATIENCE))
          .allSatisfy(line -> assertThat(line.receivedAt()).isAfterOrEqualTo(end));
      scheduler.terminate();
      scheduler.awaitExit();
      assertThat(scheduler.stdout().all()).noneMatch(line -> line.text().endsWith("| off"));
    }
    assertThat(String.join("\n", command("verify", "--from", "2020-01-01")))
        .containsPattern("[1-9][0-9]* +excluded|excluded +[1-9]")
        .containsPattern("\\b0 +lost|lost +0");
  }
}
