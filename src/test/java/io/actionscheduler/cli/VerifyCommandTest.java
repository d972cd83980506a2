package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.Discrepancy;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.fire.Verdict;
import io.actionscheduler.fire.Verified;
import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("time")
class VerifyCommandTest {
  private static final ProgressKey KEY = new ProgressKey(ActionId.of(7), "stdout");
  private static final Instant BEGUN = Instant.parse("2026-11-20T00:00:00Z");

  @TempDir private Path folder;
  private Installation here;

  /** An action fires each minute since midnight; from five to six it was paused. */
  @BeforeEach
  void keep() throws Exception {
    here = Installation.in(folder);
    try (Parts parts = parts()) {
      Store store = parts.store();
      store.own(() -> {});
      store.record(
          new Recording(
              1,
              List.of(
                  new Progress(
                      KEY,
                      at("10:00"),
                      "* * * * *",
                      "UTC",
                      false,
                      new Account(BEGUN, Optional.of(Outcome.DELIVERED), at("06:00"), 241),
                      Optional.empty())),
              List.of(),
              List.of(
                  entry(Outcome.DELIVERED, "00:01", "04:59", 299),
                  entry(Outcome.PAUSED, "05:00", "05:59", 60)),
              List.of(),
              List.of()));
    }
  }

  private static LedgerEntry entry(Outcome outcome, String first, String last, long count) {
    return new LedgerEntry(KEY, BEGUN, outcome, new Stretch(at(first), at(last), count));
  }

  private static Instant at(String time) {
    return Instant.parse("2026-11-20T" + time + ":00Z");
  }

  private Parts parts() throws Exception {
    return new Parts(
        ConfigLoader.load(folder.resolve("config.yaml"), folder.resolve(".env"), Map.of()),
        InstantSource.fixed(Typed.NOW));
  }

  @Test
  void aLedgerThatAgreesIsCounted() {
    Typed verify =
        here.type("verify", "--from", "2026-11-20T00:00:30Z", "--to", "2026-11-20 10:01");
    assertThat(verify.err()).isEmpty();
    assertThat(verify.code()).isZero();
    assertThat(verify.lines())
        .containsExactly(
            "OUTCOME    COUNT", "delivered    540", "paused        60", "lost           0");
  }

  @Test
  void aDeletedStretchIsLostAndNamed() {
    here.sql("DELETE FROM scheduler_ledger WHERE outcome = 'PAUSED'");
    Typed verify = here.type("verify", "--from", "2026-11-20");
    assertThat(verify.code()).isEqualTo(1);
    assertThat(verify.lines())
        .contains(
            "lost          60",
            " 7  stdout    lost      60  2026-11-20T05:00:00+00:00  2026-11-20T05:59:00+00:00");
  }

  @Test
  void aShortenedStretchIsLostAndNamed() {
    here.sql(
        "UPDATE scheduler_ledger SET fires = 290, last_at = last_at - 9 * 60000000"
            + " WHERE outcome = 'DELIVERED'");
    Typed verify = here.type("verify", "--from", "2026-11-20");
    assertThat(verify.code()).isEqualTo(1);
    assertThat(verify.lines())
        .contains(
            " 7  stdout    lost       9  2026-11-20T04:51:00+00:00  2026-11-20T04:59:00+00:00");
  }

  @Test
  void aChangedCountIsDoubledAndNamed() {
    here.sql("UPDATE scheduler_ledger SET fires = fires + 2 WHERE outcome = 'PAUSED'");
    Typed verify = here.type("verify", "--from", "2026-11-20");
    assertThat(verify.code()).isEqualTo(1);
    assertThat(verify.out()).contains("doubled        2", "7  stdout    doubled      2");
  }

  private static String ids(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(minute -> "7@" + BEGUN.plusSeconds(60L * minute) + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void whatTheReceiverLacksIsLostAndNamed() {
    String json = "{\"fire_id\": \"7@2026-11-20T10:00:00Z\", \"command\": \"x\"}\n\n";
    Path file = here.write("received", ids(1, 100) + ids(102, 300) + ids(360, 600) + json);
    Typed verify =
        here.type(
            "verify",
            "--from=2026-11-20T00:01:00Z",
            "--to=2026-11-20T10:01:00Z",
            "--received=" + file,
            "--callback=stdout");
    assertThat(verify.code()).isEqualTo(1);
    assertThat(verify.lines())
        .contains(
            "lost           2",
            " 7  stdout    lost       2  2026-11-20T01:40:00+00:00  2026-11-20T01:41:00+00:00");
    assertThat(verify.err()).contains("540 deliveries were looked up among 538 fires of " + file);
  }

  @Test
  void whatTheReceiverGotMayComeFromStandardInput() {
    String all = ids(1, 300) + ids(360, 601);
    Typed verify =
        here.typeWith(
            all, "verify", "--from=2026-11-20", "--to=2026-11-20T10:01:00Z", "--received=-");
    assertThat(verify.code()).isZero();
    assertThat(verify.lines()).contains("lost           0");
  }

  @Test
  void aListOfTheReceiverThatProvesNothingIsRefused() {
    Path file = here.write("received", "7@2026-11-20T00:01:00Z\n7@soon\n");
    String[] period = {"verify", "--from=2026-11-20", "--to=2026-11-20T10:00:00Z"};
    assertThat(typeToo(period, "--received=" + file).err())
        .contains("line 2", "\"7@soon\"", "7@2026-11-20T10:00:00Z");
    assertThat(typeToo(period, "--received=" + file.resolveSibling("none")).err())
        .contains("no such file");
    assertThat(typeToo(period, "--received=" + file, "--callback=stdot").err())
        .contains("no such callback", "stdout");
    assertThat(typeToo(period, "--callback=stdout").err()).contains("--received");
    assertThat(here.type("verify", "--from=2026-11-20", "--received=" + file).err())
        .contains("--to");
  }

  private Typed typeToo(String[] arguments, String... more) {
    Typed typed = here.type(Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new));
    assertThat(typed.code()).isEqualTo(2);
    return typed;
  }

  @Test
  void jsonHasTheCountsOfEachAction() throws Exception {
    here.sql("DELETE FROM scheduler_ledger WHERE outcome = 'PAUSED'");
    Typed verify = here.type("verify", "--from", "2026-11-20", "--json", "--action", "7");
    assertThat(verify.code()).isEqualTo(1);
    Map<?, ?> result = (Map<?, ?>) Json.parse(verify.out());
    Map<?, ?> action = (Map<?, ?>) ((List<?>) result.get("actions")).get(0);
    assertThat(action.get("id")).isEqualTo("7");
    assertThat(((Map<?, ?>) action.get("counts")).get("delivered")).isEqualTo(539L);
    assertThat(((Map<?, ?>) result.get("counts")).get("lost")).isEqualTo(60L);
    assertThat(((List<?>) result.get("discrepancies"))).hasSize(1);
  }

  @Test
  void itReadsBesideARunningScheduler() throws Exception {
    try (Parts running = parts()) {
      running.store().own(() -> {});
      assertThat(here.type("verify", "--from", "2026-11-20").code()).isZero();
    }
  }

  @Test
  void theLastOneIsShownWithTheTimeZoneDataItWasMadeWith() throws Exception {
    Typed none = here.type("verify", "--last");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("no verification was made yet");
    try (Parts running = parts()) {
      Store store = running.store();
      store.own(() -> {});
      store.keepVerified(
          new Verified(
              Typed.NOW,
              BEGUN,
              Typed.NOW,
              "1999z",
              Map.of(Verdict.DELIVERED, 5L, Verdict.LOST, 2L),
              List.of(
                  new Discrepancy(KEY, Verdict.LOST, new Stretch(at("01:00"), at("01:01"), 2)))));
    }
    Typed last = here.type("verify", "--last");
    assertThat(last.code()).isEqualTo(1);
    assertThat(last.out()).contains("lost           2", "2026-11-20T01:01:00+00:00");
    assertThat(last.err()).contains("time zone data", "1999z");
  }

  @Test
  void withoutAPeriodItIsNotUnderstood() {
    assertThat(here.type("verify").code()).isEqualTo(2);
    assertThat(here.type("verify", "--last", "--action", "7").code()).isEqualTo(2);
    assertThat(here.type("verify", "--from", "2026-11-21", "--to", "2026-11-20").code())
        .isEqualTo(2);
    assertThat(here.type("verify", "--from", "soon").code()).isEqualTo(2);
  }
}
