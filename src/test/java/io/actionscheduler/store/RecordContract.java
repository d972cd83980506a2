package io.actionscheduler.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Discrepancy;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.LedgerVersion;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.fire.Verdict;
import io.actionscheduler.fire.Verified;
import io.actionscheduler.schedule.ZoneLaw;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store does with a recording: progress, ledger and history together. */
interface RecordContract {
  Instant MIDDAY = Instant.parse("2026-06-01T12:00:00Z");
  Instant NEVER = Instant.parse("1970-01-01T00:00:00Z");
  Instant ALWAYS = Instant.parse("2100-01-01T00:00:00Z");

  Store owned() throws Exception;

  private static ProgressKey key(long action) {
    return new ProgressKey(ActionId.of(action), "stdout");
  }

  private static Progress progress(long action) {
    return new Progress(
        key(action),
        MIDDAY,
        "* * * * *",
        "UTC",
        false,
        new Account(MIDDAY.minusSeconds(600), Optional.of(Outcome.DELIVERED), MIDDAY, 1),
        Optional.empty());
  }

  private static LedgerEntry entry(long action, int minute, Outcome outcome) {
    Instant at = MIDDAY.plusSeconds(60L * minute);
    return new LedgerEntry(key(action), MIDDAY, outcome, new Stretch(at, at.plusSeconds(240), 5));
  }

  private static Run run(long action, int minute, Status status, String error) {
    Instant at = MIDDAY.plusSeconds(60L * minute);
    return new Run(
        key(action),
        "report",
        Stretch.of(at),
        "",
        Cause.SCHEDULE,
        status,
        status == Status.EXPIRED ? Optional.empty() : Optional.of(at.plusMillis(2)),
        at.plusMillis(5),
        1,
        3,
        error,
        "ok");
  }

  private static LedgerVersion version(String cron) {
    return new LedgerVersion(key(3), cron, "Europe/Berlin", MIDDAY, MIDDAY.plusSeconds(9));
  }

  private static Recording recording(long number, List<Run> runs) {
    return new Recording(
        number,
        List.of(progress(1)),
        List.of(),
        List.of(entry(1, 0, Outcome.EXPIRED), entry(2, 5, Outcome.MERGED)),
        List.of(version("@daily")),
        runs);
  }

  private static List<LedgerEntry> ledger(Store store, Optional<ActionId> action) throws Exception {
    List<LedgerEntry> all = new ArrayList<>();
    store.readLedger(action, NEVER, ALWAYS, all::add);
    return all;
  }

  private static List<LedgerVersion> versions(Store store) throws Exception {
    List<LedgerVersion> all = new ArrayList<>();
    store.readVersions(Optional.empty(), NEVER, ALWAYS, all::add);
    return all;
  }

  @Test
  default void aRecordingIsKeptAsOne() throws Exception {
    try (Store store = owned()) {
      Run run = run(1, 0, Status.SUCCESS, "");
      store.record(recording(1, List.of(run)));
      assertThat(StoreContract.all(store)).containsExactly(progress(1));
      assertThat(ledger(store, Optional.empty()))
          .containsExactly(entry(1, 0, Outcome.EXPIRED), entry(2, 5, Outcome.MERGED));
      assertThat(versions(store)).containsExactly(version("@daily"));
      assertThat(store.history(Filter.ALL, Long.MAX_VALUE, 10))
          .extracting(Entry::run)
          .containsExactly(run);
    }
  }

  @Test
  default void aRunIsKeptWhateverItsTargetPrinted() throws Exception {
    try (Store store = owned()) {
      store.record(
          new Recording(
              1,
              List.of(progress(1)),
              List.of(),
              List.of(),
              List.of(),
              List.of(run(1, 0, Status.FAILED, "binary: \0\u0001\uD800 😀"))));
      assertThat(StoreContract.all(store)).containsExactly(progress(1));
      assertThat(store.history(Filter.ALL, Long.MAX_VALUE, 10))
          .extracting(entry -> entry.run().error())
          .first()
          .asString()
          .startsWith("binary: \uFFFD\u0001")
          .endsWith(" 😀");
    }
  }

  @Test
  default void ofTwoStretchesInOnePlaceTheLaterIsKept() throws Exception {
    try (Store store = owned()) {
      store.record(
          new Recording(
              1,
              List.of(),
              List.of(),
              List.of(entry(1, 0, Outcome.EXPIRED), entry(1, 0, Outcome.MERGED)),
              List.of(version("@hourly"), version("@daily")),
              List.of()));
      assertThat(ledger(store, Optional.empty())).containsExactly(entry(1, 0, Outcome.MERGED));
      assertThat(versions(store)).containsExactly(version("@daily"));
    }
  }

  @Test
  default void theLedgerIsReadByActionAndPeriod() throws Exception {
    try (Store store = owned()) {
      store.record(recording(1, List.of()));
      assertThat(ledger(store, Optional.of(ActionId.of(2))))
          .containsExactly(entry(2, 5, Outcome.MERGED));
      List<LedgerEntry> later = new ArrayList<>();
      store.readLedger(Optional.empty(), MIDDAY.plusSeconds(500), ALWAYS, later::add);
      assertThat(later).containsExactly(entry(2, 5, Outcome.MERGED));
    }
  }

  @Test
  default void removedProgressGoesAndItsLedgerStays() throws Exception {
    try (Store store = owned()) {
      store.record(recording(1, List.of()));
      store.record(
          new Recording(
              2,
              List.of(),
              List.of(key(1)),
              List.of(entry(1, 30, Outcome.SUPERSEDED)),
              List.of(),
              List.of()));
      assertThat(StoreContract.all(store)).isEmpty();
      assertThat(ledger(store, Optional.of(ActionId.of(1)))).hasSize(2);
    }
  }

  @Test
  default void historyIsFilteredAndPaged() throws Exception {
    try (Store store = owned()) {
      List<Run> runs =
          IntStream.range(0, 30)
              .mapToObj(i -> run(i % 3, i, i % 2 == 0 ? Status.SUCCESS : Status.FAILED, "e" + i))
              .toList();
      store.record(recording(1, runs));
      List<Entry> page = store.history(Filter.ALL, Long.MAX_VALUE, 10);
      assertThat(page).extracting(one -> one.run().error()).startsWith("e29").endsWith("e20");
      assertThat(store.history(Filter.ALL, page.get(9).number(), 100)).hasSize(20);
      Filter failed =
          new Filter(
              Optional.of(ActionId.of(1)),
              Set.of(Status.FAILED),
              Set.of(Cause.SCHEDULE),
              Optional.of(MIDDAY.plusSeconds(60 * 10)),
              Optional.of(MIDDAY.plusSeconds(60 * 20)));
      assertThat(store.history(failed, Long.MAX_VALUE, 100))
          .extracting(one -> one.run().error())
          .containsExactly("e19", "e13");
      assertThat(store.historyAfter(Filter.ALL, page.get(3).number(), 100))
          .extracting(one -> one.run().error())
          .containsExactly("e27", "e28", "e29");
    }
  }

  @Test
  default void historyDropsWhatFinishedBeforeTheOldestTimeThatIsKept() throws Exception {
    try (Store store = owned()) {
      store.record(aHundredRunsAMinuteApart());
      pruneAll(store, MIDDAY.plus(Duration.ofMinutes(20)), 1_000);
      assertThat(store.history(Filter.ALL, Long.MAX_VALUE, 1_000))
          .extracting(entry -> entry.run().error())
          .hasSize(80)
          .startsWith("e99")
          .endsWith("e20");
    }
  }

  @Test
  default void historyDropsTheOldestBeyondTheHighestNumber() throws Exception {
    try (Store store = owned()) {
      store.record(aHundredRunsAMinuteApart());
      pruneAll(store, NEVER, 50);
      assertThat(store.history(Filter.ALL, Long.MAX_VALUE, 1_000))
          .extracting(entry -> entry.run().error())
          .hasSize(50)
          .startsWith("e99")
          .endsWith("e50");
    }
  }

  private static Recording aHundredRunsAMinuteApart() {
    return recording(
        1, IntStream.range(0, 100).mapToObj(i -> run(1, i, Status.SUCCESS, "e" + i)).toList());
  }

  private static void pruneAll(Store store, Instant before, long maxRows) throws Exception {
    while (store.pruneHistory(before, maxRows)) {
      continue;
    }
  }

  @Test
  default void aNumberOfTheHistoryNeverComesTwice() throws Exception {
    try (Store store = owned()) {
      store.record(recording(1, List.of(run(1, 0, Status.SUCCESS, "old"))));
      long old = store.history(Filter.ALL, Long.MAX_VALUE, 1).get(0).number();
      assertThat(store.pruneHistory(ALWAYS, 0)).isFalse();
      store.addByHand(List.of(run(1, 1, Status.SUCCESS, "new")));
      assertThat(store.historyAfter(Filter.ALL, old, 10))
          .extracting(entry -> entry.run().error())
          .containsExactly("new");
    }
  }

  @Test
  default void lawsOfTimeZonesAreKeptOnce() throws Exception {
    try (Store store = owned()) {
      ZoneLaw berlin = ZoneLaw.of(ZoneId.of("Europe/Berlin"));
      ZoneLaw tokyo = new ZoneLaw("Asia/Tokyo~2019a", ZoneOffset.ofHours(9).getRules(), "2019a");
      assertThat(store.zoneLaws()).isEmpty();
      store.keepZoneLaws(Map.of("Europe/Berlin~2026f", berlin));
      store.keepZoneLaws(Map.of("Europe/Berlin~2026f", tokyo, "Asia/Tokyo~2019a", tokyo));

      Map<String, ZoneLaw> kept = store.zoneLaws();
      assertThat(kept).containsOnlyKeys("Europe/Berlin~2026f", "Asia/Tokyo~2019a");
      assertThat(kept.get("Asia/Tokyo~2019a")).isEqualTo(tokyo);
      ZoneRules read = kept.get("Europe/Berlin~2026f").rules();
      Instant end = Instant.parse("2099-01-01T00:00:00Z");
      for (Instant at = Instant.EPOCH; at.isBefore(end); at = at.plusSeconds(86_400 * 5)) {
        assertThat(read.getOffset(at)).as("%s", at).isEqualTo(berlin.rules().getOffset(at));
      }
    }
  }

  @Test
  default void theLatestVerificationIsKept() throws Exception {
    try (Store store = owned()) {
      assertThat(store.lastVerified()).isEmpty();
      Verified first =
          new Verified(MIDDAY, NEVER, MIDDAY, "2025b", Map.of(Verdict.DELIVERED, 7L), List.of());
      Verified second =
          new Verified(
              ALWAYS,
              MIDDAY,
              ALWAYS,
              "2026a",
              Map.of(Verdict.LOST, 2L, Verdict.PENDING, 1L),
              List.of(
                  new Discrepancy(
                      new ProgressKey(new ActionId("rest:44"), "stdout"),
                      Verdict.LOST,
                      new Stretch(MIDDAY, MIDDAY.plusSeconds(60), 2))));
      store.keepVerified(first);
      assertThat(store.lastVerified()).contains(first);
      store.keepVerified(second);
      assertThat(store.lastVerified()).contains(second);
    }
  }
}
