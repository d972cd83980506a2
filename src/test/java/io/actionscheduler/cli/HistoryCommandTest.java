package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.DayStrip;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.text.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("time")
class HistoryCommandTest {
  @TempDir private Path folder;
  private Installation here;

  /** Ten fires of action 1, of which the fourth failed; one expired stretch of 2; 3 in retry. */
  @BeforeEach
  void keep() throws Exception {
    here = Installation.in(folder);
    List<Run> runs = new ArrayList<>();
    for (int minute = 0; minute < 10; minute++) {
      Status status = minute == 3 ? Status.FAILED : Status.SUCCESS;
      runs.add(run(1, at(minute), at(minute), 1, status));
    }
    runs.add(run(2, at(0), at(8), 9, Status.EXPIRED));
    OpenFire open =
        new OpenFire(
            at(9), Cause.CATCH_UP, Optional.empty(), 2, 1, at(30), false, "no\nroom", false);
    Progress retrying =
        new Progress(
            new ProgressKey(ActionId.of(3), "stdout"),
            at(8),
            "* * * * *",
            "UTC",
            false,
            Account.begun(at(8)),
            Optional.of(open));
    try (Parts parts = parts()) {
      Store store = parts.store();
      store.own(() -> {});
      store.record(new Recording(1, List.of(retrying), List.of(), List.of(), List.of(), runs));
    }
  }

  private static Instant at(int minute) {
    return Instant.parse("2026-11-20T09:00:00Z").plusSeconds(60L * minute);
  }

  private static Run run(long action, Instant first, Instant last, long count, Status status) {
    return new Run(
        new ProgressKey(ActionId.of(action), "stdout"),
        "name" + action,
        new Stretch(first, last, count),
        "",
        Cause.SCHEDULE,
        status,
        Optional.empty(),
        last.plusMillis(20),
        1,
        0,
        status == Status.FAILED ? "no answer" : "",
        "");
  }

  private Parts parts() throws Exception {
    return new Parts(
        ConfigLoader.load(folder.resolve("config.yaml"), folder.resolve(".env"), Map.of()),
        InstantSource.fixed(Typed.NOW));
  }

  private static List<Map<?, ?>> json(Typed typed) throws Exception {
    List<Map<?, ?>> items = new ArrayList<>();
    ((List<?>) Json.parse(typed.out())).forEach(item -> items.add((Map<?, ?>) item));
    return items;
  }

  @Test
  void aDayHasAMarkForEachOutcome() {
    assertThat(DayStrip.GRAVITY).containsExactlyInAnyOrder(Run.Status.values());
  }

  @Test
  void theLatestStandFirstAndFiresInRetryOnTop() {
    Typed history = here.type("history");
    assertThat(history.code()).isZero();
    assertThat(history.lines()).hasSize(13);
    assertThat(history.lines().get(1))
        .matches(" +3 +stdout +2026-11-20T09:09:00\\S+ +1 +catch_up +retrying +2 +no\\\\nroom");
    assertThat(history.lines().get(2)).matches(" +11 +2 +stdout .* 9 +schedule +expired .*");
    assertThat(history.lines().get(9)).contains("failed").endsWith("no answer");
  }

  @Test
  void itIsReadPageByPage() throws Exception {
    List<Map<?, ?>> page = json(here.type("history", "--limit", "4", "--before", "9", "--json"));
    assertThat(page.stream().<Object>map(item -> item.get("number")).toList())
        .containsExactly(8L, 7L, 6L, 5L);
  }

  @Test
  void filtersHoldTogether() throws Exception {
    assertThat(json(here.type("history", "--action", "1", "--json"))).hasSize(10);
    assertThat(json(here.type("history", "--status", "failed,EXPIRED", "--json"))).hasSize(2);
    assertThat(json(here.type("history", "--status", "retrying", "--json")))
        .singleElement()
        .satisfies(item -> assertThat(item.get("retry_at")).isEqualTo("2026-11-20T09:30:00+00:00"));
    assertThat(json(here.type("history", "--cause", "manual", "--json"))).isEmpty();
    assertThat(
            json(
                here.type(
                    "history",
                    "--json",
                    "--action",
                    "1",
                    "--from",
                    "2026-11-20T09:02:00Z",
                    "--to",
                    "2026-11-20T09:05:00Z")))
        .hasSize(3);
  }

  @Test
  void anUnknownWordIsAnsweredWithTheKnownOnes() {
    Typed typed = here.type("history", "--status", "succes");
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("did you mean success?", "known: success, failed");
    assertThat(here.type("history", "--limit", "0").code()).isEqualTo(2);
    assertThat(here.type("history", "--follow", "--before", "3").code()).isEqualTo(2);
  }

  @Test
  void aDayIsDrawnWithALineForEachActionTheGravestFirst() {
    Typed day = here.type("history", "--day", "2026-11-20");
    assertThat(day.code()).as(day.err()).isZero();
    String nothing = ".";
    assertThat(day.lines())
        .containsExactly(
            " ".repeat(26) + "00 03 06 09 12 15 18 21   FIRES",
            "1 name1                   " + nothing.repeat(9) + "F" + nothing.repeat(14) + "  10",
            "2 name2                   " + nothing.repeat(9) + "E" + nothing.repeat(14) + "  9",
            "3                         " + nothing.repeat(9) + "T" + nothing.repeat(14) + "  1",
            "F failed, E expired, T retrying; . none; a column is 60 minutes, and shows its gravest"
                + " outcome");
  }

  @Test
  void ofARecordOfSeveralFiresOnlyTheFirstAndTheLastAreKnown() throws Exception {
    Instant day = Instant.parse("2026-11-22T00:00:00Z");
    try (Parts parts = parts()) {
      parts
          .store()
          .addByHand(
              List.of(
                  run(7, day.plusSeconds(11_400), day.plusSeconds(28_200), 20, Status.EXPIRED),
                  run(8, day.minusSeconds(7_200), day.plusSeconds(3_600), 5, Status.SUCCESS)));
    }
    assertThat(here.type("history", "--day", "2026-11-22").lines())
        .containsExactly(
            " ".repeat(26) + "00 03 06 09 12 15 18 21   FIRES",
            "7 name7                   ...E---E................  20",
            "8 name8                   -o......................  1+",
            "E expired, o success, - between the first and the last fire of one record,"
                + " + a record begins before this day or ends after it; . none; a column is 60 minutes, and shows"
                + " its gravest outcome");
  }

  @Test
  void ofManyActionsTheGravestHaveALineAndTheOthersOne() {
    Typed day = here.type("history", "--day", "2026-11-20", "--limit", "1");
    assertThat(day.lines().get(1)).startsWith("1 name1 ").endsWith("F..............  10");
    assertThat(day.lines().get(2)).startsWith("all others ").endsWith("E..............  10");
    assertThat(here.type("history", "--day").lines()).hasSize(5);
    assertThat(here.type("history", "--day", "--json").code()).isEqualTo(2);
    assertThat(here.type("history", "--day", "tuesday").code()).isEqualTo(2);
  }

  @Test
  void onADayOfAClockChangeThereAreAsManyHoursAsItHas() {
    here.config(Installation.CONFIG.formatted(here.database()).replace("UTC", "Europe/Berlin"));
    Typed longer = here.type("history", "--day", "2026-10-25");
    assertThat(longer.lines().get(0)).endsWith("00 02 05 08 11 14 17 20    FIRES");
    assertThat(longer.lines().get(1))
        .isEqualTo(
            "2026-10-25: the clock is set from 03:00 to 02:00, the times between come twice");
    assertThat(here.type("history", "--day", "2026-03-29").lines().get(1))
        .isEqualTo(
            "2026-03-29: the clock is set from 02:00 to 03:00, the times between do not exist");
  }

  @Test
  void followShowsWhatComes() throws Exception {
    var out = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            java.io.InputStream.nullInputStream(),
            Output.buffered(out),
            Output.atOnce(java.io.OutputStream.nullOutputStream()),
            Map.of(),
            InstantSource.fixed(Typed.NOW),
            OptionalInt::empty);
    String config = folder.resolve("config.yaml").toString();
    Thread following =
        new Thread(
            () ->
                new Cli(shell)
                    .execute("--config", config, "history", "--follow", "--limit", "2", "--json"));
    following.start();
    try {
      await().until(() -> lines(out).size() == 2);
      try (Parts parts = parts()) {
        parts.store().addByHand(List.of(run(5, at(20), at(20), 1, Status.SUCCESS)));
      }
      await().until(() -> lines(out).size() == 3);
      assertThat(((Map<?, ?>) Json.parse(lines(out).get(2))).get("action")).isEqualTo("5");
    } finally {
      following.interrupt();
      following.join(10_000);
    }
    assertThat(following.isAlive()).isFalse();
  }

  private static List<String> lines(ByteArrayOutputStream out) {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
