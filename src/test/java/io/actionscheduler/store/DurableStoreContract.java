package io.actionscheduler.store;

import static io.actionscheduler.store.Samples.NOON;
import static io.actionscheduler.store.Samples.action;
import static io.actionscheduler.store.Samples.paused;
import static io.actionscheduler.store.Samples.progress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.BacklogDecision;
import io.actionscheduler.fire.BacklogStore;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.DecidedBacklog;
import io.actionscheduler.fire.HistoryStore;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.Outage;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.PastOutage;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.ReloadRequest;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Session;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.testing.Records;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store does that outlives its process. */
interface DurableStoreContract extends StoreContract {

  /** Runs a statement on the database as another program would. */
  void run(String sql) throws Exception;

  @Test
  default void anAnswerToAnEarlierRequestLeavesTheLatestOneUnanswered() throws Exception {
    ReloadRequest first = new ReloadRequest(NOON, Optional.empty());
    ReloadRequest second = new ReloadRequest(NOON.plusSeconds(1), Optional.empty());
    ReloadRequest.Answer answer = new ReloadRequest.Answer(true, "callback hook");
    try (Store store = owned()) {
      store.keepReload(first);
      store.keepReload(new ReloadRequest(first.askedAt(), Optional.of(answer)));
      assertThat(store.reload()).contains(new ReloadRequest(NOON, Optional.of(answer)));
      store.keepReload(second);
      store.keepReload(new ReloadRequest(first.askedAt(), Optional.of(answer)));
      assertThat(store.reload()).contains(second);
    }
  }

  @Test
  default void whatWasSavedIsThereAfterARestart() throws Exception {
    try (Store store = owned()) {
      assertThat(store.isDurable()).isTrue();
      Records.save(store, List.of(progress("1", NOON)));
      store.saveSnapshot("table", List.of(action("1", "@daily", "UTC")), List.of());
    }
    try (Store store = owned()) {
      assertThat(StoreContract.all(store)).containsExactly(progress("1", NOON));
      assertThat(StoreContract.actions(store, "table")).hasSize(1);
      Records.save(store, List.of(progress("1", NOON.plusSeconds(1))));
      assertThat(StoreContract.all(store)).containsExactly(progress("1", NOON.plusSeconds(1)));
    }
  }

  @Test
  default void whatIsUnavailableIsThereForOthersAndAnOwnerBeginsWithNothing() throws Exception {
    Outage kafka = new Outage("kafka", NOON, "connection refused\0");
    Outage web = new Outage("web", NOON.plusSeconds(1), "503");
    try (Store store = owned()) {
      assertThat(store.outages()).isEmpty();
      store.keepOutages(List.of(web, kafka), NOON.plusSeconds(1));
      try (Store other = open()) {
        assertThat(other.outages())
            .containsExactly(new Outage("kafka", NOON, "connection refused\ufffd"), web);
      }
      store.keepOutages(List.of(web), NOON.plusSeconds(60));
      assertThat(store.outages()).containsExactly(web);
    }
    try (Store store = owned()) {
      assertThat(store.outages()).isEmpty();
    }
  }

  @Test
  default void whenATargetWasUnavailableIsThereLater() throws Exception {
    Outage kafka = new Outage("kafka", NOON, "refused");
    try (Store store = owned()) {
      store.keepSession(new Session(NOON.minusSeconds(60), NOON.plusSeconds(300)));
      store.keepOutages(List.of(kafka), NOON.plusSeconds(1));
      assertThat(store.outage("kafka", NOON.plusSeconds(5), NOON.plusSeconds(9)))
          .contains(new PastOutage(kafka, Optional.empty()));
      assertThat(store.outage("kafka", NOON.minusSeconds(9), NOON.minusSeconds(1))).isEmpty();
      assertThat(store.outage("web", NOON.plusSeconds(5), NOON.plusSeconds(9))).isEmpty();
      Outage again = new Outage("kafka", NOON.plusSeconds(30), "timed out");
      store.keepOutages(List.of(again), NOON.plusSeconds(20));
      assertThat(store.outage("kafka", NOON, NOON.plusSeconds(25)))
          .contains(new PastOutage(kafka, Optional.of(NOON.plusSeconds(20))));
      Outage other = new Outage("kafka", again.since(), "no route");
      store.keepOutages(List.of(other), NOON.plusSeconds(40));
      assertThat(store.outages()).containsExactly(other); // its latest reason
    }
    try (Store store = owned()) { // the one before was killed, and seen last after five minutes
      assertThat(store.outage("kafka", NOON.plusSeconds(200), NOON.plusSeconds(9_999)))
          .map(PastOutage::endedAt)
          .contains(Optional.of(NOON.plusSeconds(300)));
      assertThat(store.outage("kafka", NOON.plusSeconds(301), NOON.plusSeconds(9_999))).isEmpty();
    }
  }

  @Test
  default void aDecisionIsStoredWithWhoMadeItAndTheStampTellsOfIt() throws Exception {
    ActionId action = ActionId.of(7);
    DecidedBacklog decided =
        new DecidedBacklog(new ProgressKey(action, "web"), NOON, BacklogDecision.DROP, NOON);
    Change change =
        new Change(0, action, NOON, Change.Kind.DECIDED, "ann", Change.Via.COMMAND, "", "", "{}");
    try (Store store = owned()) {
      BacklogStore.Stamp before = store.decisionsStamp();
      store.keepDecisions(List.of(decided), List.of(change));
      assertThat(store.decisionsStamp())
          .isNotEqualTo(before)
          .isEqualTo(new BacklogStore.Stamp(1, NOON));
      assertThat(store.decisions()).containsExactly(decided);
      assertThat(store.changes(Optional.of(action), Long.MAX_VALUE, 9))
          .singleElement()
          .satisfies(one -> assertThat(one.editor()).isEqualTo("ann"));
    }
  }

  @Test
  default void aSecondOwnerIsRefusedAndToldWhoIsTheFirst() throws Exception {
    try (Store first = owned();
        Store second = open()) {
      assertThatThrownBy(() -> second.own(() -> {}))
          .isInstanceOf(OwnedElsewhere.class)
          .hasMessageMatching(
              "another scheduler owns internal_db \\(.*\\): pid "
                  + ProcessHandle.current().pid()
                  + " on \\S+, since \\d{4}-.*Z; stop it, or give this one its own internal_db");
      Records.save(first, List.of(progress("1", NOON)));
      assertThat(StoreContract.all(second)).hasSize(1);
      first.close();
      second.own(() -> {});
      Records.save(second, List.of(progress("2", NOON)));
      assertThat(StoreContract.all(second)).hasSize(2);
    }
  }

  @Test
  default void whoDoesNotOwnItCannotWrite() throws Exception {
    try (Store store = open()) {
      assertThatThrownBy(() -> Records.save(store, List.of(progress("1", NOON))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("does not own");
      assertThat(StoreContract.all(store)).isEmpty();
    }
  }

  @Test
  default void anOwnerWhoseTokenIsNoLongerTheNewestCannotWriteAndLearnsIt() throws Exception {
    AtomicInteger lost = new AtomicInteger();
    try (Store store = open()) {
      store.own(lost::incrementAndGet);
      Records.save(store, List.of(progress("1", NOON)));
      run("UPDATE scheduler_owner SET token = token + 1");
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> Records.save(store, List.of(progress("2", NOON))))
            .isInstanceOf(StoreException.class);
      }
      assertThatThrownBy(() -> Records.remove(store, List.of(Samples.key("1"))))
          .isInstanceOf(StoreException.class);
      assertThat(StoreContract.all(store)).containsExactly(progress("1", NOON));
      assertThat(lost).hasValue(1);
    }
  }

  @Test
  default void tablesOfANewerProgramAreRefused() throws Exception {
    owned().close();
    run("UPDATE scheduler_schema SET version = 99");
    try (Store store = open()) {
      assertThatThrownBy(() -> StoreContract.all(store))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("version 99, newer than this program's");
      assertThatThrownBy(() -> store.own(() -> {}))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.isMisconfigured()).isTrue());
    }
  }

  @Test
  default void theNextRunsOfThePythonProgramAreRead() throws Exception {
    run(
        "CREATE TABLE apscheduler_jobs (id VARCHAR(191) PRIMARY KEY, next_run_time "
            + "DOUBLE PRECISION, job_state VARCHAR(9) NOT NULL)");
    run(
        "INSERT INTO apscheduler_jobs VALUES ('7', 1700000000.123457, 'x'), ('-8', 1e9, 'x'), "
            + "('9', NULL, 'x'), ('report', 1700000000, 'x'), ('007', 1700000000, 'x')");
    try (Store store = open()) {
      Map<ActionId, Instant> expected =
          Map.of(
              ActionId.of(7), Instant.parse("2023-11-14T22:13:20.123457Z"),
              ActionId.of(-8), Instant.ofEpochSecond(1_000_000_000));
      assertThat(store.apschedulerNextRuns()).isEqualTo(expected);
      store.own(() -> {});
      Records.save(store, List.of(progress("7", NOON)));
      assertThat(store.apschedulerNextRuns()).isEqualTo(expected);
    }
  }

  @Test
  default void actionsOfASnapshotShareWhatTheyHaveInCommon() throws Exception {
    try (Store store = owned()) {
      store.saveSnapshot(
          "table",
          IntStream.range(0, 11_000).mapToObj(i -> action("" + i, "@daily", "UTC")).toList(),
          List.of());
      Map<Object, Boolean> timings = new IdentityHashMap<>();
      Map<Object, Boolean> policies = new IdentityHashMap<>();
      for (Action one : StoreContract.actions(store, "table")) {
        timings.put(one.timing(), true);
        policies.put(one.policy(), true);
      }
      assertThat(timings).hasSize(1);
      assertThat(policies).hasSize(1);
    }
  }

  @Test
  default void schedulesThatNobodyUsesAnyMoreAreSweptOut() throws Exception {
    try (Store store = owned()) {
      for (int part = 0; part < 2; part++) {
        int from = part * 6_000;
        store.saveSnapshot(
            "table",
            IntStream.range(from, from + 6_000)
                .mapToObj(i -> action("1", (i + 1) + "s", "UTC"))
                .toList(),
            List.of());
      }
    }
    try (Store store = owned()) {
      assertThat(StoreContract.actions(store, "table")).hasSize(1);
      run(
          "INSERT INTO scheduler_schedule (id, digest, cron, zone) SELECT 1, '', '', '' "
              + "WHERE (SELECT count(*) FROM scheduler_schedule) > 1"); // fails if 1 is still there
    }
  }

  @Test
  default void whatWasSweptOutIsGivenNewNumbersWhenItComesBack() throws Exception {
    List<Progress> all =
        IntStream.range(0, 21_000)
            .mapToObj(i -> progressOf(i, (i / 2 + 1) + "s")) // each schedule twice
            .toList();
    try (Store store = owned()) {
      Records.save(store, all);
      Records.remove(store, all.subList(1, all.size()).stream().map(Progress::key).toList());
    }
    try (Store store = owned()) { // sweeps
      Records.save(store, all);
    }
    try (Store store = owned()) {
      assertThat(StoreContract.all(store)).containsExactlyInAnyOrderElementsOf(all);
    }
  }

  private static Progress progressOf(int action, String cron) {
    Progress progress = progress("" + action, NOON);
    return new Progress(
        progress.key(), NOON, cron, "UTC", false, progress.account(), progress.open());
  }

  @Test
  default void progressWhoseSharedTextsAreGoneStopsNoStart() throws Exception {
    try (Store store = owned()) {
      Records.save(
          store, List.of(progress("1", NOON), progress("2", NOON), paused("3"), paused("4")));
      run("DELETE FROM scheduler_schedule WHERE cron = '*/5 * * * *'");
      run("DELETE FROM scheduler_callback WHERE name = 'kafka'");
    }
    try (Store store = owned()) {
      assertThat(StoreContract.all(store))
          .extracting(Progress::settledUntil, Progress::cron)
          .containsExactly(tuple(NOON, ""), tuple(NOON, ""));
      assertThatThrownBy(() -> Samples.CRON.read("", ZoneOffset.UTC))
          .isInstanceOf(InvalidSchedule.class);
    }
  }

  @Test
  default void keptActionsWhoseSharedTextsAreGoneAreLeftOut() throws Exception {
    try (Store store = owned()) {
      store.saveSnapshot(
          "table",
          List.of(
              action("1", "@daily", "UTC"),
              action("2", "@daily", "UTC"),
              action("3", "@hourly", "UTC")),
          List.of());
      run("DELETE FROM scheduler_schedule WHERE cron = '@daily'");
      assertThat(StoreContract.actions(store, "table"))
          .extracting(action -> action.id().text())
          .containsExactly("3");
    }
  }

  @Test
  default void aRecordingThatComesAgainChangesNothing() throws Exception {
    try (Store store = owned()) {
      Recording recording =
          new Recording(7, List.of(), List.of(), List.of(), List.of(), List.of(aRun()));
      store.record(recording);
      store.record(recording);
      assertThat(store.history(HistoryStore.Filter.ALL, Long.MAX_VALUE, 10)).hasSize(1);
    }
  }

  @Test
  default void theNumbersOfAnotherOwnersRecordingsBeginAnew() throws Exception {
    try (Store store = owned()) {
      store.record(new Recording(1, List.of(), List.of(), List.of(), List.of(), List.of(aRun())));
    }
    try (Store store = owned()) {
      store.record(new Recording(1, List.of(), List.of(), List.of(), List.of(), List.of(aRun())));
      assertThat(store.history(HistoryStore.Filter.ALL, Long.MAX_VALUE, 10)).hasSize(2);
    }
  }

  /**
   * More than a block of the history, as docs/store.md has it, and all that differs in its rows.
   */
  private static List<Run> manyRuns(Random random) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      boolean odd = random.nextInt(200) == 0;
      Instant at = NOON.plusSeconds(random.nextInt(500) == 0 ? random.nextInt(40_000) : i);
      runs.add(
          new Run(
              new ProgressKey(
                  random.nextInt(50) == 0
                      ? new ActionId("rest:" + random.nextInt(9))
                      : ActionId.of(random.nextInt(3) == 0 ? 7 : random.nextInt(9_000)),
                  "stdout"),
              "report",
              new Stretch(at, at.plusSeconds(odd ? 900 : 0), odd ? 3 : 1),
              "",
              odd ? Cause.values()[random.nextInt(Cause.values().length)] : Cause.SCHEDULE,
              odd ? Run.Status.values()[random.nextInt(6)] : Run.Status.SUCCESS,
              Optional.of(at),
              at.plusSeconds(1),
              1,
              0,
              "e" + i,
              ""));
    }
    return runs;
  }

  private static HistoryStore.Filter randomFilter(Random random) {
    Set<Run.Status> statuses = EnumSet.noneOf(Run.Status.class);
    Set<Cause> causes = EnumSet.noneOf(Cause.class);
    if (random.nextInt(3) == 0) {
      random.ints(random.nextInt(3), 0, 6).forEach(i -> statuses.add(Run.Status.values()[i]));
    }
    if (random.nextInt(4) == 0) {
      random.ints(random.nextInt(3), 0, 4).forEach(i -> causes.add(Cause.values()[i]));
    }
    Optional<Instant> from =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(NOON.plusSeconds(random.nextInt(41_000)));
    List<ActionId> ids =
        List.of(ActionId.of(7), new ActionId("rest:4"), ActionId.of(8_000), ActionId.of(99_999));
    return new HistoryStore.Filter(
        random.nextBoolean() ? Optional.empty() : Optional.of(ids.get(random.nextInt(4))),
        statuses,
        causes,
        from,
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(from.orElse(NOON).plusSeconds(random.nextInt(20_000))));
  }

  @Test
  default void everyPageOfALongHistoryIsWhatTheFilterSays() throws Exception {
    Random random = new Random(20261127);
    List<Run> runs = manyRuns(random);
    try (Store store = owned()) {
      for (int from = 0; from < runs.size(); from += 8_000) {
        store.record(
            new Recording(
                1 + from,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                runs.subList(from, from + 8_000)));
      }
      for (int i = 0; i < 150; i++) {
        HistoryStore.Filter filter = i == 0 ? HistoryStore.Filter.ALL : randomFilter(random);
        List<String> right =
            IntStream.range(0, runs.size())
                .map(n -> runs.size() - 1 - n)
                .filter(n -> filter.matches(runs.get(n)))
                .mapToObj(n -> "e" + n)
                .toList();
        assertThat(errors(store.historyWithoutOutput(filter, 20)))
            .as("latest of %s", filter)
            .isEqualTo(right.subList(0, Math.min(20, right.size())));
        int skip = random.nextInt(1 + Math.min(right.size(), 9_000));
        assertThat(errors(store.historyPage(filter, skip, 50)))
            .as("from %d of %s", skip, filter)
            .isEqualTo(right.subList(skip, Math.min(skip + 50, right.size())));
        HistoryStore.Count count = store.countHistory(filter);
        boolean all = filter.equals(HistoryStore.Filter.ALL);
        long counted = all ? 40_000 : Math.min(10_000, right.size());
        assertThat(count)
            .as("of %s", filter)
            .isEqualTo(new HistoryStore.Count(counted, counted == right.size()));
        int before = random.nextInt(40_000);
        assertThat(errors(store.history(filter, before + 1, 20)))
            .as("before %d of %s", before, filter)
            .isEqualTo(right.stream().filter(error -> number(error) < before).limit(20).toList());
        List<String> after = new ArrayList<>(right);
        Collections.reverse(after);
        assertThat(errors(store.historyAfter(filter, before + 1, 20)))
            .as("after %d of %s", before, filter)
            .isEqualTo(after.stream().filter(error -> number(error) > before).limit(20).toList());
      }
      assertThat(store.historyEntry(12_346)).map(entry -> entry.run().error()).contains("e12345");
      assertThat(store.historyEntry(40_001)).isEmpty();
    }
  }

  private static Run latest(String action, int minute, Cause cause, String error) {
    Instant at = NOON.plusSeconds(60L * minute);
    return new Run(
        Samples.key(action),
        "report",
        Stretch.of(at),
        cause == Cause.MANUAL ? "r" + minute : "",
        cause,
        Run.Status.SUCCESS,
        Optional.of(at),
        at.plusSeconds(1),
        1,
        0,
        error,
        "an output");
  }

  private static Progress settled(String action, int minute, Outcome outcome) {
    Instant at = NOON.plusSeconds(60L * minute);
    return new Progress(
        Samples.key(action),
        at,
        "* * * * *",
        "UTC",
        false,
        new Account(NOON.minusSeconds(60), Optional.of(outcome), at, 1),
        Optional.empty());
  }

  @Test
  default void theLatestRunsOfActionsAreFoundBehindALongHistory() throws Exception {
    List<Run> old =
        List.of(
            latest("1", 1, Cause.SCHEDULE, "a"),
            latest("rest:2", 2, Cause.SCHEDULE, "b"),
            latest("3", 3, Cause.SCHEDULE, ""),
            latest("3", 4, Cause.MANUAL, "c"),
            latest("4", 5, Cause.MANUAL, ""),
            latest("4", 6, Cause.CATCH_UP, "d"),
            latest("6", 7, Cause.SCHEDULE, "f"),
            latest("7", 8, Cause.SCHEDULE, "g"),
            latest("8", 9, Cause.SCHEDULE, ""));
    List<Progress> progress =
        List.of(
            settled("1", 1, Outcome.DELIVERED),
            settled("rest:2", 20, Outcome.EXPIRED), // the ledger has what was before
            settled("3", 3, Outcome.DELIVERED),
            settled("4", 6, Outcome.DELIVERED),
            progress("5", NOON), // has never run
            settled("7", 30, Outcome.DELIVERED), // and its record was left out
            settled("8", 40, Outcome.DELIVERED)); // 6 is gone
    LedgerEntry before =
        new LedgerEntry(
            Samples.key("rest:2"),
            NOON.minusSeconds(60),
            Outcome.DELIVERED,
            Stretch.of(NOON.plusSeconds(120)));
    List<Run> more = new ArrayList<>();
    for (int i = 0; i < 17_000; i++) {
      more.add(latest("99", 50 + i, Cause.SCHEDULE, "z" + i));
    }
    more.add(latest("8", 40, Cause.SCHEDULE, "h"));
    try (Store store = owned()) {
      store.record(new Recording(1, progress, List.of(), List.of(before), List.of(), old));
      store.record(new Recording(2, List.of(), List.of(), List.of(), List.of(), more));
      Map<String, String> found = new TreeMap<>();
      store
          .latestRuns(
              List.of("1", "rest:2", "3", "4", "5", "6", "7", "8", "99").stream()
                  .map(ActionId::new)
                  .toList())
          .forEach(
              (id, entry) -> {
                assertThat(entry.run().output()).isEmpty();
                found.put(id.text(), entry.run().error());
              });
      assertThat(found)
          .isEqualTo(
              Map.of(
                  "1", "a", "rest:2", "b", "3", "c", "4", "d", "6", "f", "7", "g", "8", "h", "99",
                  "z16999"));
    }
  }

  /** Whoever added the records, and however far a block was when the program ended. */
  @Test
  default void theRunsOfAnActionAreFoundWhoeverAddedThem() throws Exception {
    Random random = new Random(20261128);
    List<Run> runs = manyRuns(random);
    int from = 0;
    int number = 1;
    while (from < runs.size()) {
      try (Store store = owned()) {
        int end = Math.min(runs.size(), from + 13_000);
        while (from < end) {
          int to = Math.min(end, from + 1 + random.nextInt(3_000));
          List<Run> some = runs.subList(from, to);
          if (random.nextInt(4) == 0) {
            store.addByHand(some);
          } else {
            store.record(new Recording(number++, List.of(), List.of(), List.of(), List.of(), some));
          }
          from = to;
          assertLatestFound(runs.subList(0, to), store);
        }
      }
    }
    try (Store store = owned()) {
      assertFound(runs, store);
      assertTogetherAsOneByOne(store);
      assertThat(store.indexHistory()).isFalse(); // each block was when it was full
    }
  }

  /** By the store that adds them, which knows the block that fills up. */
  private static void assertLatestFound(List<Run> runs, Store store) throws Exception {
    for (String id : List.of("7", "rest:4", "8000")) {
      HistoryStore.Filter filter = ofAction(id);
      List<String> right =
          IntStream.range(0, runs.size())
              .map(n -> runs.size() - 1 - n)
              .filter(n -> filter.matches(runs.get(n)))
              .limit(3)
              .mapToObj(n -> runs.get(n).error())
              .toList();
      assertThat(errors(store.history(filter, Long.MAX_VALUE, 3))).isEqualTo(right);
    }
    assertTogetherAsOneByOne(store);
  }

  /** Also for an action without a run, and for two whose names differ in form alone. */
  private static void assertTogetherAsOneByOne(Store store) throws Exception {
    List<ActionId> ids =
        Stream.of("8000", "7", "rest:4", "99999", "rest:nowhere", "0", "rest:5")
            .map(ActionId::new)
            .toList();
    for (int most : new int[] {1, 20}) {
      Map<ActionId, List<HistoryStore.Entry>> latest = store.recentRuns(ids, most);
      assertThat(latest.keySet()).containsExactlyElementsOf(ids);
      for (ActionId id : ids) {
        assertThat(latest.get(id))
            .as("%d of %s", most, id)
            .isEqualTo(store.history(HistoryStore.Filter.of(id), Long.MAX_VALUE, most));
      }
    }
    Map<ActionId, HistoryStore.Entry> alone = new HashMap<>();
    for (ActionId id : ids) {
      alone.putAll(store.latestRuns(List.of(id)));
    }
    assertThat(store.latestRuns(ids)).isEqualTo(alone);
  }

  private static HistoryStore.Filter ofAction(String id) {
    return new HistoryStore.Filter(
        Optional.of(new ActionId(id)), Set.of(), Set.of(), Optional.empty(), Optional.empty());
  }

  private static void assertFound(List<Run> runs, Store store) throws Exception {
    for (String id : List.of("7", "rest:4", "8000", "99999")) {
      HistoryStore.Filter filter = ofAction(id);
      List<String> right =
          runs.stream().filter(filter::matches).map(Run::error).collect(Collectors.toList());
      assertThat(errors(store.historyAfter(filter, 0, 50_000))).isEqualTo(right);
      assertThat(store.countHistory(filter).number()).isEqualTo(Math.min(10_000, right.size()));
      Collections.reverse(right);
      assertThat(errors(store.historyPage(filter, 0, 50_000))).isEqualTo(right);
    }
  }

  private static int number(String error) {
    return Integer.parseInt(error.substring(1));
  }

  private static List<String> errors(List<HistoryStore.Entry> entries) {
    return entries.stream().map(entry -> entry.run().error()).toList();
  }

  @Test
  default void whatIsDroppedLeavesNoGap() throws Exception {
    try (Store store = owned()) {
      store.record(
          new Recording(
              1,
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              manyRuns(new Random(7)).subList(0, 20_000)));
      while (store.pruneHistory(NOON.minusSeconds(9), 1_500)) {
        continue;
      }
      assertThat(store.countHistory(HistoryStore.Filter.ALL))
          .isEqualTo(new HistoryStore.Count(1_500, true));
      assertThat(store.historyPage(HistoryStore.Filter.ALL, 1_495, 50)).hasSize(5);
      assertThat(errors(store.historyPage(HistoryStore.Filter.ALL, 1_499, 9)))
          .containsExactly("e18500");
    }
  }

  private static Run aRun() {
    return new Run(
        Samples.key("1"),
        "report",
        Stretch.of(NOON),
        "",
        Cause.SCHEDULE,
        Run.Status.SUCCESS,
        Optional.of(NOON),
        NOON,
        1,
        0,
        "",
        "");
  }
}
