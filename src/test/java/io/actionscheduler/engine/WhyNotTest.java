package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.app.view.WhyNot;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.DatabaseSettings.Dialect;
import io.actionscheduler.db.Databases;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.Change.Kind;
import io.actionscheduler.fire.Change.Via;
import io.actionscheduler.fire.DeadLetterChanges;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Session;
import io.actionscheduler.fire.Store;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.store.Stores;
import io.actionscheduler.text.CronReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an engine did, and what it is said to have done: each verdict from a ledger that it made.
 */
@Tag("time")
@Timeout(60)
class WhyNotTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);
  private static final MissedPolicy MERGE = MissedPolicy.of(true, -1);
  private static final MissedPolicy ON_TIME_ONLY = MissedPolicy.of(false, 0);
  private static final CronReader CRONS =
      new CronReader(new ScheduleParser(UnixDialect.CRONTAB, value -> null));

  @TempDir Path folder;
  private final EngineWorld world = new EngineWorld();
  private final List<Session> sessions = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final Set<Instant> excluded = new HashSet<>(); // by the calendars in force
  private int asked;

  @AfterEach
  void close() throws Exception {
    world.callback.takeAll();
    world.close();
  }

  /** Asks a store on disk that holds what the engine recorded. */
  private Map<String, Object> why(int action, String moment) throws Exception {
    Path file = folder.resolve("why-" + asked++ + ".db");
    DatabaseSettings settings =
        new DatabaseSettings(
            "internal_db",
            Dialect.SQLITE,
            "jdbc:sqlite:" + file,
            Optional.empty(),
            Optional.empty(),
            Optional.of(file));
    try (Databases databases = new Databases(List.of(settings));
        Store store = Stores.open(Optional.of(settings), databases, CRONS, world.clock)) {
      store.own(() -> {});
      store.record(
          new Recording(
              1,
              world.store.all(),
              List.of(),
              world.store.ledger(),
              world.store.versions(),
              world.store.runs(),
              new DeadLetterChanges(world.store.deadLetters(), List.of())));
      for (Session session : sessions) {
        store.keepSession(session);
      }
      store.addChanges(changes);
      Map<String, Object> form =
          new WhyNot(
                  store,
                  CRONS::readKept,
                  (id, at) -> Optional.of(at).filter(excluded::contains).map(one -> "it is closed"),
                  world.clock.instant())
              .form(ActionId.of(action), at(moment));
      assertThat(form).containsEntry("job_id", (long) action);
      return map(((List<?>) form.get("answers")).get(0));
    }
  }

  private static Instant at(String time) {
    return Instant.parse("2026-03-02T" + time + "Z");
  }

  @SuppressWarnings("unchecked") // the names of a JSON object are strings
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private void changed(String at, String before, String after) {
    changes.add(
        new Change(
            0, ActionId.of(1), at(at), Kind.CHANGED, "deploy", Via.API, "r-1", before, after));
  }

  @Test
  void whatWasMissedWhileNoSchedulerRanNamesThatTime() throws Exception {
    Action[] table = {
      action(1, "* * * * *", EACH),
      action(2, "* * * * *", MERGE),
      action(3, "* * * * *", ON_TIME_ONLY)
    };
    world.start(table);
    world.stop();
    sessions.add(new Session(at("10:00:00.500"), at("10:00:30")));
    world.clock.set(at("10:05:30"));
    sessions.add(new Session(at("10:05:30"), at("10:05:30")));
    world.start(table);

    String words =
        ": the scheduler was not running from 2026-03-02T10:00:30Z to 2026-03-02T10:05:30Z";
    Map<String, Object> late = why(1, "10:02:00");
    assertThat(late).containsEntry("verdict", "delivered");
    assertThat(late.get("words")).isEqualTo("it was delivered" + words);
    assertThat(map(late.get("run"))).containsEntry("scheduled_at", "2026-03-02T10:02:00+00:00");
    Map<String, Object> merged = why(2, "10:02:00");
    assertThat(merged).containsEntry("verdict", "merged");
    assertThat(merged.get("words").toString()).endsWith(words);
    assertThat(map(merged.get("merged_into")))
        .containsEntry("scheduled_at", "2026-03-02T10:05:00+00:00");
    Map<String, Object> expired = why(3, "10:02:00");
    assertThat(expired).containsEntry("verdict", "expired");
    assertThat(map(expired.get("outage")))
        .containsEntry("from", "2026-03-02T10:00:30+00:00")
        .containsEntry("to", "2026-03-02T10:05:30+00:00");
  }

  @Test
  void whatWasMissedInARunningSchedulerNamesNoOutage() throws Exception {
    sessions.add(new Session(at("10:00:00.500"), at("10:20:00")));
    world.start(action(1, "* * * * *", MERGE));
    world.sleep(Duration.ofMinutes(5));

    Map<String, Object> merged = why(1, "10:02:00");

    assertThat(merged).containsEntry("verdict", "merged").doesNotContainKey("outage");
  }

  @Test
  void aSkippedFireNamesTheRunThatItWouldHaveOverlapped() throws Exception {
    world.start(action(1, "* * * * * *", EACH, Overlap.SKIP, true, "main"));
    world.callback.hang();
    world.clock.set(at("10:00:01"));
    world.ring();
    world.awaitAttempts(1);
    world.clock.set(at("10:00:04.500"));
    world.callback.release();
    world.settle();
    world.pass(Duration.ofSeconds(1));

    Map<String, Object> skipped = why(1, "10:00:03");

    assertThat(skipped).containsEntry("verdict", "skipped");
    assertThat(map(skipped.get("overlapped")))
        .containsEntry("scheduled_at", "2026-03-02T10:00:01+00:00");
  }

  @Test
  void aDisabledActionNamesTheChangeThatDisabledIt() throws Exception {
    world.start(action(1, "* * * * * *", EACH));
    world.pass(Duration.ofSeconds(2));
    changed("10:00:02.500", "{\"enabled\": true}", "{\"enabled\": false}");
    world.edit(action(1, "* * * * * *", EACH, Overlap.QUEUE, false, "main"));
    world.pass(Duration.ofSeconds(4));
    changed("10:00:04.600", "{\"enabled\": false}", "{\"enabled\": false, \"name\": \"x\"}");
    assertIsPaused(why(1, "10:00:05")); // while it is disabled
    assertThat(why(1, "10:00:02")).containsEntry("verdict", "delivered");
    world.edit(action(1, "* * * * * *", EACH));
    world.pass(Duration.ofSeconds(2));

    assertIsPaused(why(1, "10:00:05"));
  }

  private static void assertIsPaused(Map<String, Object> answer) {
    assertThat(answer).containsEntry("verdict", "paused");
    assertThat(map(answer.get("change")))
        .containsEntry("at", "2026-03-02T10:00:02.500000+00:00")
        .containsEntry("editor", "deploy")
        .containsEntry("via", "api");
  }

  @Test
  void anEditBeforeItsStartNamesTheChange() throws Exception {
    world.start(action(1, "* * * * *", EACH));
    world.stop();
    world.clock.set(at("10:03:30"));
    changed("10:02:10", "{\"name\": \"a\"}", "{\"name\": \"b\"}");
    changed("10:40:00", "{\"name\": \"b\"}", "{\"name\": \"c\"}");
    world.start(action(1, "30 * * * *", EACH));
    world.pass(Duration.ofSeconds(2));

    Map<String, Object> superseded = why(1, "10:02:00");

    assertThat(superseded).containsEntry("verdict", "superseded");
    assertThat(map(superseded.get("change"))).containsEntry("at", "2026-03-02T10:02:10+00:00");
  }

  @Test
  void failedPendingNotScheduledComingAndUnknownAreTold() throws Exception {
    world.callback.answer(delivery -> CallbackException.refused("no", null));
    world.start(action(1, "0,30 * * * * *", EACH));
    world.clock.set(at("10:00:30"));
    world.settle();

    assertThat(why(1, "10:00:30")).containsEntry("verdict", "pending");
    world.pass(Duration.ofSeconds(20));
    Map<String, Object> failed = why(1, "10:00:30");
    assertThat(failed).containsEntry("verdict", "failed");
    assertThat(map(failed.get("run"))).containsEntry("error", "all 2 retries failed: no");
    assertThat(why(1, "10:01:00")).containsEntry("verdict", "coming");
    assertThat(why(1, "09:00:00")).containsEntry("verdict", "unknown");
    assertThat(why(7, "10:00:30")).containsEntry("verdict", "unknown");
    world.edit(action(1, "0 12 * * *", EACH));
    world.pass(Duration.ofSeconds(100));
    Map<String, Object> none = why(1, "10:02:00");
    assertThat(none)
        .containsEntry("verdict", "not_scheduled")
        .containsEntry("next_scheduled_at", "2026-03-02T12:00:00+00:00");
    world.edit();
    world.pass(Duration.ofSeconds(100));
    assertThat(why(1, "10:03:30")).containsEntry("verdict", "not_there");
  }

  @Test
  void whatIsNotSettledIsSaidToBeExcludedWhereItWillBe() throws Exception {
    world.callback.answer(delivery -> CallbackException.unavailable("away", null));
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofSeconds(130));
    excluded.addAll(List.of(at("10:02:00"), at("10:03:00")));

    String words = "it will be recorded as excluded, when its turn comes";
    assertThat(why(1, "10:01:00")).containsEntry("verdict", "pending").doesNotContainKey("reason");
    assertThat(why(1, "10:02:00"))
        .containsEntry("verdict", "pending")
        .containsEntry("words", words)
        .containsEntry("reason", "it is closed");
    assertThat(why(1, "10:03:00"))
        .containsEntry("verdict", "coming")
        .containsEntry("words", words)
        .containsEntry("reason", "it is closed");
  }

  @Test
  void aFailureWhoseDeadLetterWaitsIsSaidToBeOne() throws Exception {
    world.deadLetter = Optional.of("other");
    world.callback.answer(delivery -> CallbackException.permanent("no such address", null));
    world.other.answer(delivery -> CallbackException.unavailable("connection refused", null));
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofSeconds(70));
    Map<String, Object> answer = why(1, "10:01:00");
    assertThat(answer)
        .containsEntry("verdict", "failed")
        .containsEntry("reason", "no such address");
    assertThat(answer.get("words").toString()).endsWith("; its dead letter waits for its callback");
    world.other.takeAll();
    world.pass(Duration.ofMinutes(2));
    assertThat(why(1, "10:01:00").get("words").toString()).doesNotContain("dead letter");
  }

  @Test
  void aHoleInTheLedgerIsSaidToBeOne() throws Exception {
    world.start(action(1, "* * * * * *", EACH));
    world.pass(Duration.ofSeconds(3));
    var progress = world.store.of("1").orElseThrow();
    world.store.record(
        new Recording(
            1_000_000,
            List.of(
                new io.actionscheduler.fire.Progress(
                    progress.key(),
                    progress.settledUntil(),
                    progress.cron(),
                    progress.zone(),
                    false,
                    io.actionscheduler.fire.Account.begun(progress.account().begunAt()),
                    Optional.empty())),
            List.of(),
            List.of(),
            List.of(),
            List.of()));

    Map<String, Object> lost = why(1, "10:00:02");
    world.store.record(
        new Recording(1_000_001, List.of(progress), List.of(), List.of(), List.of(), List.of()));

    assertThat(lost).containsEntry("verdict", "lost");
    assertThat(lost.get("words").toString()).contains("please report it");
  }
}
