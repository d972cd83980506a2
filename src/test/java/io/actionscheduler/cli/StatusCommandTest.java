package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.api.ApiWorld;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.DeadLetterChanges;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outage;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Session;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.testing.TestCertificate;
import io.actionscheduler.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
  private static final Instant NOW = Typed.NOW;

  @TempDir private Path folder;
  private Installation here;

  @BeforeEach
  void install() {
    here = Installation.in(folder);
  }

  private Parts parts() throws Exception {
    return new Parts(
        ConfigLoader.load(folder.resolve("config.yaml"), folder.resolve(".env"), Map.of()),
        InstantSource.fixed(NOW));
  }

  /** A store whose owner is this process, which was seen half a minute ago. */
  private void keep(List<Progress> progress, List<Run> runs, DeadLetterChanges letters)
      throws Exception {
    try (Parts parts = parts()) {
      Store store = parts.store();
      store.own(() -> {});
      store.record(new Recording(1, progress, List.of(), List.of(), List.of(), runs, letters));
      if (!letters.isEmpty()) {
        store.keepOutages(List.of(new Outage("mail", NOW.minusSeconds(90), "no route")), NOW);
      }
      store.keepSession(new Session(NOW.minusSeconds(3_600), NOW.minusSeconds(30)));
    }
  }

  private Progress progress(
      long id, String cron, Instant until, Optional<Outcome> outcome, Optional<OpenFire> open)
      throws Exception {
    try (Parts parts = parts()) {
      String form = "{\"format\": \"unix\", \"params\": {\"value\": \"" + cron + "\"}}";
      Timing timing = parts.crons().read(form, parts.settings().timezone());
      return new Progress(
          new ProgressKey(ActionId.of(id), "stdout"),
          until,
          timing.text(),
          timing.storedZone(),
          false,
          new Account(until.minusSeconds(60), outcome, until, outcome.isPresent() ? 1 : 0),
          open);
    }
  }

  private static OpenFire open(boolean givenUp) {
    return new OpenFire(
        NOW.minusSeconds(60),
        Cause.SCHEDULE,
        Optional.empty(),
        2,
        2,
        NOW.plusSeconds(5),
        false,
        "no room",
        givenUp);
  }

  private static Run failed(long id, String name) {
    return run(id, name, NOW.minusSeconds(60), Run.Status.FAILED, "no such report");
  }

  private static Run run(long id, String name, Instant at, Run.Status status, String error) {
    return new Run(
        new ProgressKey(ActionId.of(id), "stdout"),
        name,
        Stretch.of(at),
        "",
        Cause.SCHEDULE,
        status,
        Optional.of(at),
        at.plusSeconds(1),
        1,
        0,
        error,
        "");
  }

  @Test
  void withoutASchedulerNothingIsWell() {
    Typed status = here.type("status");
    assertThat(status.code()).isEqualTo(1);
    assertThat(status.lines())
        .contains(
            "no scheduler runs, says internal_db (SQLite " + here.database() + ")",
            "wrong:",
            "  not_running: no scheduler runs: nothing is fired");
  }

  @Test
  void allIsWellWhereTheStoreShowsNothingElse() throws Exception {
    here.add("report", "make report", "0 * * * *");
    keep(
        List.of(progress(1, "0 * * * *", NOW, Optional.of(Outcome.DELIVERED), Optional.empty())),
        List.of(),
        DeadLetterChanges.NONE);
    Typed status = here.type("status");
    assertThat(status.code()).as(status.out() + status.err()).isZero();
    assertThat(status.lines().get(0)).startsWith("a scheduler runs, pid ");
    assertThat(status.lines())
        .contains("nothing is wrong")
        .contains("2026-11-20T11:00:00+00:00   1  report  stdout");
  }

  @Test
  void nothingIsOverdueInABlackout() throws Exception {
    here.add("poll", "poll", "*/5 * * * *");
    keep(
        List.of(
            progress(1, "*/5 * * * *", NOW.minusSeconds(900), Optional.empty(), Optional.empty())),
        List.of(),
        DeadLetterChanges.NONE);
    assertThat(here.type("status").out()).contains("overdue: 1 actions are due");

    Files.writeString(
        folder.resolve("config.yaml"),
        "blackout: [{from: '09:30', to: '10:30', mode: hold}]\n",
        StandardOpenOption.APPEND);
    assertThat(here.type("status").out())
        .contains(
            "nothing is wrong",
            "  blackout: a blackout is in force: only fires started by hand are delivered (until"
                + " 2026-11-20T10:30:00+00:00)");
  }

  /** What became due meanwhile is being taken up. */
  @Test
  void nothingIsOverdueWithinAMinuteAfterAStartOrABlackout() throws Exception {
    here.add("poll", "poll", "*/5 * * * *");
    keep(
        List.of(
            progress(1, "*/5 * * * *", NOW.minusSeconds(900), Optional.empty(), Optional.empty())),
        List.of(),
        DeadLetterChanges.NONE);
    String overdue = "overdue: 1 actions are due";
    here.configToo("blackout: [{from: '09:30', to: '09:58', mode: hold}]\n");
    assertThat(here.type("status").out()).contains(overdue);
    here.configToo("blackout: [{from: '09:30', to: '10:00', mode: hold}]\n");
    assertThat(here.type("status").out()).contains("nothing is wrong").doesNotContain("blackout");

    here.configToo("");
    begun(NOW.minusSeconds(61));
    assertThat(here.type("status").out()).contains(overdue);
    begun(NOW.minusSeconds(59));
    assertThat(here.type("status").out()).contains("nothing is wrong");
  }

  private void begun(Instant at) throws Exception {
    try (Parts parts = parts()) {
      parts.store().own(() -> {});
      parts.store().keepSession(new Session(at, NOW));
    }
  }

  @Test
  void theStoreTellsWhatIsOverdueInRetryFailingAndRejected() throws Exception {
    here.add("poll", "poll", "*/5 * * * *");
    here.add("mail", "mail", "0 9 * * *");
    here.add("report", "make report", "0 9 * * *");
    here.sql("INSERT INTO action (id, name, command, cron) VALUES (4, 'odd', 'x', '61 * * * *')");
    keep(
        List.of(
            progress(1, "*/5 * * * *", NOW.minusSeconds(1_800), Optional.empty(), Optional.empty()),
            progress(
                2,
                "0 9 * * *",
                NOW.minusSeconds(3_600),
                Optional.empty(),
                Optional.of(open(false))),
            progress(
                3,
                "0 9 * * *",
                NOW.minusSeconds(3_600),
                Optional.of(Outcome.FAILED),
                Optional.empty())),
        List.of(failed(3, "report")),
        new DeadLetterChanges(
            List.of(new DeadLetter(new ProgressKey(ActionId.of(3), "stdout"), open(true))),
            List.of()));

    Typed status = here.type("status", "--json");
    assertThat(status.code()).as(status.err()).isEqualTo(1);
    Map<?, ?> form = (Map<?, ?>) Json.parse(status.out());
    assertThat(StatusText.list(form, "problems"))
        .extracting(one -> (Object) one.get("kind"))
        .containsExactly("callback_unavailable", "rejected", "overdue", "failing");
    Map<?, ?> overdue = StatusText.list(form, "problems").get(2);
    assertThat(overdue.get("callback")).isEqualTo("stdout");
    assertThat(overdue.get("since")).isEqualTo("2026-11-20T09:35:00+00:00");
    assertThat(StatusText.list(form, "problems").get(3).get("message"))
        .isEqualTo("report failed: no such report");
    assertThat(StatusText.list(form, "waits"))
        .extracting(one -> (Object) one.get("kind"))
        .containsExactly("dead_letter", "retry");
    assertThat(here.type("status").out())
        .contains(
            "  callback_unavailable: the target of callback mail is unavailable: no route (since"
                + " 2026-11-20T09:58:30+00:00)",
            "  overdue: 1 actions are due at callback stdout, and have not begun (since"
                + " 2026-11-20T09:35:00+00:00)",
            "  retry: 1 fires of callback stdout are tried again: no room (next at"
                + " 2026-11-20T10:00:05+00:00)",
            "61 * * * *");
  }

  /** The history has the failed fire only when its dead letter is over. */
  @Test
  void anActionFailsAlsoWhileItsDeadLetterWaits() throws Exception {
    here.add("report", "make report", "0 9 * * *");
    keep(
        List.of(
            progress(
                1,
                "0 9 * * *",
                NOW.minusSeconds(60),
                Optional.of(Outcome.FAILED),
                Optional.empty())),
        List.of(run(1, "report", NOW.minusSeconds(120), Run.Status.SUCCESS, "")),
        new DeadLetterChanges(
            List.of(new DeadLetter(new ProgressKey(ActionId.of(1), "stdout"), open(true))),
            List.of()));
    assertThat(here.type("status").lines())
        .anyMatch(line -> line.startsWith("  failing: report failed: no room"));
  }

  @Test
  void anActionThatIsDisabledOrRemovedFailsNoMore() throws Exception {
    here.add("report", "make report", "0 9 * * *");
    here.add("mail", "mail", "0 9 * * *");
    Instant until = NOW.minusSeconds(3_600);
    Optional<Outcome> failed = Optional.of(Outcome.FAILED);
    keep(
        List.of(
            progress(1, "0 9 * * *", until, failed, Optional.empty()),
            progress(2, "0 9 * * *", until, failed, Optional.empty())),
        List.of(failed(1, "report"), failed(2, "mail")),
        DeadLetterChanges.NONE);
    assertThat(here.type("status").out()).contains("failing: report", "failing: mail");
    here.type("actions", "disable", "1");
    assertThat(here.type("status").out()).contains("failing: mail").doesNotContain("report failed");
    here.type("actions", "remove", "2");
    Typed well = here.type("status");
    assertThat(well.out()).contains("nothing is wrong");
    assertThat(well.code()).isZero();
  }

  @Test
  void anUnavailableServiceIsReportedOnce() throws Exception {
    Files.writeString(
        folder.resolve("config.yaml"),
        "rest: {url: 'http://127.0.0.1:1/jobs', try_delay: 1h}\n",
        StandardOpenOption.APPEND);
    keep(List.of(), List.of(), DeadLetterChanges.NONE);
    assertThat(here.type("status").lines())
        .filteredOn(line -> line.contains("source_unavailable"))
        .singleElement()
        .asString()
        .contains("source rest cannot be read: ", "its actions are not shown");
    try (Parts parts = parts()) {
      parts.store().own(() -> {});
      parts
          .store()
          .keepOutages(List.of(Outage.ofSource("rest", NOW.minusSeconds(90), "refused")), NOW);
    }
    assertThat(here.type("status").lines())
        .filteredOn(line -> line.contains("source_unavailable"))
        .containsExactly(
            "  source_unavailable: source rest cannot be read: refused (since"
                + " 2026-11-20T09:58:30+00:00)");
  }

  @Test
  void aSchedulerThatWasKilledRunsNoMore() throws Exception {
    keep(List.of(), List.of(), DeadLetterChanges.NONE);
    assertThat(here.type("status").lines().get(0)).startsWith("a scheduler runs");
    here.sql("UPDATE scheduler_owner SET pid = " + endedProcess());
    assertThat(here.type("status").lines().get(0)).startsWith("no scheduler runs");
  }

  private static long endedProcess() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    return process.pid();
  }

  @Test
  void whatCannotBeAskedExitsWithTwo() {
    here.config(
        Installation.CONFIG.formatted(here.database()).replaceFirst("internal_db: .*\n", ""));
    Typed nothing = here.type("status");
    assertThat(nothing.code()).isEqualTo(2);
    assertThat(nothing.err()).contains("neither http.port nor internal_db is set");
    here.config(
        Installation.CONFIG.formatted(here.database()).replaceFirst("internal_db: .*\n", "")
            + "http: {port: 1}\n");
    Typed silent = here.type("status");
    assertThat(silent.code()).isEqualTo(2);
    assertThat(silent.err()).contains("http://127.0.0.1:1: the connection is refused");
  }

  @Test
  void theRunningSchedulerIsAskedOverItsApi(@TempDir Path certificates) throws Exception {
    Path keys = TestCertificate.in(certificates).keyStore();
    String http =
        "http: {port: %d, api_key: \"%s\", tls: {keystore: \""
            + keys
            + "\", password: open sesame}}\n";
    String key = "all-rights-0123456789abcdef0123456789";
    String settings =
        Installation.CONFIG.formatted(here.database())
            + "track_changes_period: 1\n"
            + "callbacks: {away: {type: webhook, url: \"http://127.0.0.1:1/\"},"
            + " wrong: {type: process, command: [sh, -c, exit 3],"
            + " retry: {max_retries: 0}}}\n";
    try (ApiWorld world = ApiWorld.of(folder, settings + http.formatted(0, key)).awaitReady()) {
      int port = world.address().getPort();
      here.config(settings + http.formatted(port, key));
      Typed well = here.type("status");
      assertThat(well.code()).as(well.out() + well.err()).isZero();
      assertThat(well.out()).contains("asked at https://127.0.0.1:", "nothing is wrong");

      here.sql(
          "INSERT INTO action (id, name, command, cron, callback)"
              + " VALUES (8, 'report', 'r', '* * * * * *', 'wrong')");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> here.type("status").out().contains("failing: report failed: "));
      here.type("actions", "disable", "8"); // then it fails no more
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !here.type("status").out().contains("failing:"));

      here.sql(
          "INSERT INTO action (id, name, command, cron, callback)"
              + " VALUES (9, 'mail', 'm', '* * * * * *', 'away')");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                Typed status = here.type("status");
                assertThat(status.code()).isEqualTo(1);
                assertThat(status.out())
                    .containsPattern(
                        "  callback_unavailable: the target of callback away is unavailable:"
                            + " .*\\(since 2.*\\)");
              });

      here.config(settings + http.formatted(port, "sha256:" + "0".repeat(64)));
      assertThat(here.type("status").err()).contains("ACTION_SCHEDULER_KEY");
    }
  }
}
