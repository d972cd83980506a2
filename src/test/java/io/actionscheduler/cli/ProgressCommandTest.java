package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.DeadLetterChanges;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outage;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Session;
import io.actionscheduler.fire.Store;
import io.actionscheduler.testing.Records;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("time")
class ProgressCommandTest {
  private static final Instant TOMORROW = Instant.parse("2026-11-22T00:00:00Z");

  @TempDir private Path folder;
  private Installation here;

  @BeforeEach
  void install() {
    here = Installation.in(folder);
  }

  private Parts parts() throws Exception {
    return new Parts(
        ConfigLoader.load(folder.resolve("config.yaml"), folder.resolve(".env"), Map.of()),
        InstantSource.fixed(Typed.NOW));
  }

  private void keep(Progress... progress) throws Exception {
    try (Parts parts = parts()) {
      Store store = parts.store();
      store.own(() -> {});
      Records.save(store, List.of(progress));
    }
  }

  private List<Progress> kept() throws Exception {
    List<Progress> kept = new ArrayList<>();
    try (Parts parts = parts()) {
      parts.store().readAll(kept::add);
    }
    return kept;
  }

  private static Progress progress(long action, Instant until, Optional<OpenFire> open) {
    return new Progress(
        new ProgressKey(ActionId.of(action), "stdout"),
        until,
        "@hourly",
        "UTC",
        false,
        Account.begun(until),
        open);
  }

  private static Optional<OpenFire> open(Instant at) {
    return Optional.of(
        new OpenFire(at, Cause.SCHEDULE, Optional.empty(), 2, 1, at, false, "no\nroom", false));
  }

  @Test
  void showTellsHowFarEachActionIs() throws Exception {
    keep(progress(10, TOMORROW, Optional.empty()), progress(9, Typed.NOW, open(Typed.NOW)));
    Typed show = here.type("progress", "show");
    assertThat(show.code()).isZero();
    assertThat(show.lines()).hasSize(3);
    assertThat(show.lines().get(1))
        .matches(" 9 +stdout +2026-11-20T10:00:00\\+00:00 +in retry.*no\\\\nroom");
    assertThat(show.lines().get(2)).matches("10 +stdout +2026-11-22T00:00:00\\+00:00");
  }

  @Test
  void showTellsWhichDeadLetterWaitsForWhichCallback() throws Exception {
    keep(progress(9, Typed.NOW, Optional.empty()));
    DeadLetter letter =
        new DeadLetter(
            new ProgressKey(ActionId.of(9), "stdout"),
            new OpenFire(
                Typed.NOW,
                Cause.SCHEDULE,
                Optional.empty(),
                3,
                0,
                Typed.NOW,
                false,
                "no room",
                true));
    try (Parts parts = parts()) {
      Store store = parts.store();
      store.own(() -> {});
      store.record(
          new Recording(
              77,
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              new DeadLetterChanges(List.of(letter), List.of())));
    }
    Typed show = here.type("progress", "show");
    assertThat(show.lines()).hasSize(3);
    assertThat(show.lines().get(2)).contains("dead letter, waits for", "no room");
    List<?> list = (List<?>) json(here.type("progress", "show", "--json"));
    Map<?, ?> shown = (Map<?, ?>) list.get(1);
    assertThat(shown.get("dead_letter")).isEqualTo(true);
    assertThat(shown.get("scheduled_time")).isEqualTo("2026-11-20T10:00:00+00:00");
    assertThat(here.type("history", "--status", "retrying").out()).contains("no room");
  }

  /** Its progress is ahead of the clock: the scheduler is silent until it is passed. */
  @Test
  void noFireIsPromisedBeforeProgressIsPassed() throws Exception {
    here.add("silent", "c", "@hourly");
    here.add("other", "c", "@hourly");
    keep(progress(1, TOMORROW, Optional.empty()));
    String passed = "2026-11-22T01:00:00+00:00";
    assertThat(here.type("actions", "list").lines().get(1)).contains(" silent ", passed);
    assertThat(here.type("actions", "list").lines().get(2)).contains("2026-11-20T11:00:00+00:00");
    assertThat(here.type("actions", "show", "1").out()).contains("next", passed);
    assertThat(here.type("actions", "show", "1").out()).doesNotContain("2026-11-20T11:00:00");
    assertThat(here.type("next", "--count", "3").out()).doesNotContain("silent");
    assertThat(here.type("next", "--count", "200").out()).contains(passed + "   1  silent");
  }

  @Test
  void showAndStatusTellWhyASourceCannotBeRead() throws Exception {
    keep(progress(9, Typed.NOW, Optional.empty()));
    try (Parts parts = parts()) {
      Store store = parts.store();
      store.own(() -> {});
      store.keepSession(new Session(Typed.NOW.minusSeconds(60), Typed.NOW.minusSeconds(5)));
      store.keepOutages(
          List.of(Outage.ofSource("table", Typed.NOW.minusSeconds(30), "wrong password")),
          Typed.NOW);
    }
    Typed show = here.type("progress", "show");
    assertThat(show.err())
        .contains("source table cannot be read since 2026-11-20T09:59:30+00:00: wrong password;");
    assertThat(show.lines()).hasSize(2);
    assertThat(here.type("status").out())
        .contains("source_unavailable: source table cannot be read: wrong password (since")
        .doesNotContain("callback_unavailable");
  }

  @Test
  void showTellsWhyATargetIsUnavailable() throws Exception {
    keep(progress(9, Typed.NOW, open(Typed.NOW)), progress(10, TOMORROW, Optional.empty()));
    try (Parts parts = parts()) {
      Store store = parts.store();
      store.own(() -> {});
      store.keepOutages(List.of(new Outage("stdout", Typed.NOW, "connection refused")), Typed.NOW);
    }
    String unavailable =
        "its target is unavailable since 2026-11-20T10:00:00+00:00: connection refused";
    Typed show = here.type("progress", "show");
    assertThat(show.lines().get(1)).endsWith("no\\nroom; " + unavailable);
    assertThat(show.lines().get(2)).endsWith("  " + unavailable);
    List<?> list = (List<?>) json(here.type("progress", "show", "10", "--json"));
    assertThat(((Map<?, ?>) list.get(0)).get("unavailable"))
        .isEqualTo(Map.of("since", "2026-11-20T10:00:00+00:00", "reason", "connection refused"));
  }

  @Test
  void jsonHasTheRetry() throws Exception {
    keep(progress(9, Typed.NOW, open(Typed.NOW)), progress(10, TOMORROW, Optional.empty()));
    List<?> list = (List<?>) json(here.type("progress", "show", "9", "--json"));
    assertThat(list).hasSize(1);
    Map<?, ?> retry = (Map<?, ?>) ((Map<?, ?>) list.get(0)).get("retry");
    assertThat(retry.get("attempts")).isEqualTo(2L);
  }

  private static Object json(Typed typed) throws InvalidJson {
    return Json.parse(typed.out());
  }

  @Test
  void resetSettlesUpToNowAndEndsRetries() throws Exception {
    keep(progress(1, TOMORROW, Optional.empty()), progress(2, TOMORROW, open(TOMORROW)));
    Typed reset = here.type("progress", "reset", "2");
    assertThat(reset.code()).isZero();
    assertThat(reset.out())
        .isEqualTo("action 2 at stdout: settled until 2026-11-20T10:00:00+00:00\n");
    assertThat(kept())
        .anyMatch(p -> p.key().action().text().equals("1") && p.settledUntil().equals(TOMORROW))
        .anyMatch(
            p ->
                p.key().action().text().equals("2")
                    && p.settledUntil().equals(Typed.NOW)
                    && p.open().isEmpty()
                    && p.cron().equals("@hourly"));
  }

  @Test
  void resetToATimeInThePastMakesWhatFollowedMissed() throws Exception {
    keep(progress(1, Typed.NOW, Optional.empty()));
    here.type("progress", "reset", "--all", "--to", "2026-11-20T03:00:00Z");
    assertThat(kept().get(0).settledUntil()).isEqualTo(Instant.parse("2026-11-20T03:00:00Z"));
  }

  @Test
  void resetIsRefusedWhileASchedulerRuns() throws Exception {
    keep(progress(1, TOMORROW, Optional.empty()));
    try (Parts running = parts()) {
      running.store().own(() -> {});
      Typed reset = here.type("progress", "reset", "--all");
      assertThat(reset.code()).isEqualTo(1);
      assertThat(reset.err()).contains("owns", "pid");
      assertThat(here.type("progress", "show").code()).isZero();
    }
    assertThat(kept().get(0).settledUntil()).isEqualTo(TOMORROW);
  }

  @Test
  void anActionWithoutProgressIsNamed() {
    Typed reset = here.type("progress", "reset", "7");
    assertThat(reset.code()).isEqualTo(1);
    assertThat(reset.err()).contains("no progress is stored of action 7");
  }

  @Test
  void resetNeedsActionsOrAll() {
    assertThat(here.type("progress", "reset").code()).isEqualTo(2);
    assertThat(here.type("progress", "reset", "1", "--all").code()).isEqualTo(2);
  }

  @Test
  void withoutAnInternalDatabaseThereIsNoProgressToShow() {
    here.config(
        Installation.CONFIG.formatted(here.database()).replaceFirst("(?m)^internal_db.*\n", ""));
    Typed show = here.type("progress", "show");
    assertThat(show.code()).isEqualTo(2);
    assertThat(show.err()).contains("internal_db is not set");
  }
}
