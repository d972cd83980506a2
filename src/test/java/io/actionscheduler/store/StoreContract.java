package io.actionscheduler.store;

import static io.actionscheduler.store.Samples.NOON;
import static io.actionscheduler.store.Samples.action;
import static io.actionscheduler.store.Samples.key;
import static io.actionscheduler.store.Samples.paused;
import static io.actionscheduler.store.Samples.progress;
import static io.actionscheduler.store.Samples.retrying;
import static io.actionscheduler.store.Samples.withCommand;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.DeadLetterChanges;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.RunningChanges;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.testing.Records;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store does. */
interface StoreContract extends RecordContract {

  /** A store in this test's own place, the same one each time; not owned yet. */
  Store open() throws Exception;

  @Override
  default Store owned() throws Exception {
    Store store = open();
    store.own(() -> fail("ownership was lost"));
    return store;
  }

  static List<Progress> all(Store store) throws StoreException {
    List<Progress> all = new ArrayList<>();
    store.readAll(all::add);
    return all;
  }

  static List<Action> actions(Store store, String source) throws StoreException {
    List<Action> all = new ArrayList<>();
    store.readSnapshot(source, all::add);
    return all;
  }

  @Test
  default void aNewStoreIsEmpty() throws Exception {
    try (Store store = open()) {
      assertThat(all(store)).isEmpty();
      assertThat(store.snapshotReadAt("table")).isEmpty();
      assertThat(actions(store, "table")).isEmpty();
      assertThat(store.apschedulerNextRuns()).isEmpty();
    }
  }

  @Test
  default void whatIsSavedIsReadBackWhole() throws Exception {
    try (Store store = owned()) {
      List<Progress> saved =
          List.of(
              progress("1", NOON),
              paused("1"),
              retrying("-7", "refused: \"no\"\n\u0000 ünïcödé 😀"),
              progress("rest:44", NOON.minusSeconds(86400L * 365 * 80)),
              progress(Long.toString(Long.MIN_VALUE), NOON),
              progress(Long.toString(Long.MAX_VALUE), NOON),
              progress("9223372036854775808", NOON));
      Records.save(store, saved);
      assertThat(all(store)).containsExactlyInAnyOrderElementsOf(saved);
    }
  }

  @Test
  default void savingAgainReplacesAndTheLastOfAKeyWins() throws Exception {
    try (Store store = owned()) {
      Records.save(store, List.of(retrying("1", "away"), progress("2", NOON)));
      Progress last = progress("1", NOON.plusSeconds(2));
      Records.save(store, List.of(progress("1", NOON.plusSeconds(1)), last));
      assertThat(all(store)).containsExactlyInAnyOrder(last, progress("2", NOON));
    }
  }

  @Test
  default void timesAreKeptToTheMicrosecondAndCutOffTowardsThePast() throws Exception {
    try (Store store = owned()) {
      Records.save(
          store, List.of(progress("1", NOON.plusNanos(999)), progress("2", NOON.minusNanos(1))));
      assertThat(all(store))
          .extracting(Progress::settledUntil)
          .containsExactlyInAnyOrder(NOON, NOON.minusNanos(1000));
    }
  }

  @Test
  default void whatIsRemovedIsGoneAndNothingElse() throws Exception {
    try (Store store = owned()) {
      Records.save(store, List.of(progress("1", NOON), paused("1"), progress("rest:1", NOON)));
      Records.remove(store, List.of(key("1"), key("2"), key("rest:1"), paused("77").key()));
      assertThat(all(store)).containsExactly(paused("1"));
    }
  }

  @Test
  default void onlyTheProgressOfTheIdsAskedForIsRead() throws Exception {
    try (Store store = owned()) {
      Records.save(
          store,
          List.of(
              progress("1", NOON),
              progress("-5", NOON),
              progress("a:1", NOON),
              progress("a:2", NOON),
              progress("a;", NOON),
              progress("ab:1", NOON),
              progress("b:1", NOON),
              progress("zone", NOON)));
      assertThat(ids(store, IdScope.of("a"))).containsExactlyInAnyOrder("a:1", "a:2");
      assertThat(ids(store, IdScope.of("c"))).isEmpty();
      assertThat(ids(store, IdScope.allBut(Set.of("b", "a"))))
          .containsExactlyInAnyOrder("1", "-5", "a;", "ab:1", "zone");
      assertThat(ids(store, IdScope.ALL)).hasSize(8);
    }
  }

  private static List<String> ids(Store store, IdScope scope) throws StoreException {
    List<String> ids = new ArrayList<>();
    store.readProgress(scope, progress -> ids.add(progress.key().action().text()));
    return ids;
  }

  @Test
  default void aDeadLetterIsKeptAsItIsNowUntilItHasEnded() throws Exception {
    DeadLetter first = letter("7", NOON, 0);
    DeadLetter again = letter("7", NOON, 3);
    DeadLetter other = letter("rest:1", NOON.plusSeconds(5), 0);
    try (Store store = owned()) {
      record(store, 1_000_001, new DeadLetterChanges(List.of(first, other), List.of()));
      record(store, 1_000_002, new DeadLetterChanges(List.of(again), List.of()));
      assertThat(letters(store, IdScope.ALL)).containsExactly(again, other);
      assertThat(letters(store, IdScope.of("rest"))).containsExactly(other);
      assertThat(letters(store, IdScope.allBut(Set.of("rest")))).containsExactly(again);
      record(store, 1_000_003, new DeadLetterChanges(List.of(), List.of(again.id())));
      assertThat(letters(store, IdScope.ALL)).containsExactly(other);
    }
  }

  @Test
  default void whatRunsIsKnownWhileItRunsAndAnOwnerBeginsWithNone() throws Exception {
    Run first = running("7", NOON);
    Run other = running("rest:1", NOON.plusSeconds(5));
    try (Store store = owned()) {
      record(store, 2_000_001, new RunningChanges(List.of(first, other), List.of()));
      assertThat(running(store)).containsExactly(first, other);
      record(store, 2_000_002, new RunningChanges(List.of(), List.of(RunningChanges.Id.of(first))));
      assertThat(running(store)).containsExactly(other);
    }
    try (Store store = owned()) {
      assertThat(running(store)).isEmpty();
    }
  }

  private static Run running(String action, Instant at) {
    return new Run(
        key(action),
        "name",
        Stretch.of(at),
        "",
        Cause.CATCH_UP,
        Run.Status.RUNNING,
        Optional.of(at.plusSeconds(1)),
        at.plusSeconds(1),
        2,
        7,
        "",
        "");
  }

  private static void record(Store store, long number, RunningChanges changes)
      throws StoreException {
    store.record(
        new Recording(
            number,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            DeadLetterChanges.NONE,
            changes));
  }

  private static List<Run> running(Store store) throws StoreException {
    List<Run> running = new ArrayList<>();
    store.readRunning(running::add);
    return running;
  }

  private static DeadLetter letter(String action, Instant at, int refusals) {
    return new DeadLetter(
        key(action),
        new OpenFire(
            at,
            Cause.CATCH_UP,
            Optional.of(new Stretch(at.minusSeconds(60), at.minusSeconds(60), 1)),
            4,
            refusals,
            at.plusSeconds(9),
            true,
            "all 3 retries failed: no",
            true));
  }

  private static void record(Store store, long number, DeadLetterChanges changes)
      throws StoreException {
    store.record(
        new Recording(number, List.of(), List.of(), List.of(), List.of(), List.of(), changes));
  }

  private static List<DeadLetter> letters(Store store, IdScope scope) throws StoreException {
    List<DeadLetter> letters = new ArrayList<>();
    store.readDeadLetters(scope, letters::add);
    return letters;
  }

  @Test
  default void nothingToSaveOrRemoveIsFine() throws Exception {
    try (Store store = owned()) {
      Records.save(store, List.of());
      Records.remove(store, List.of());
      store.saveSnapshot("table", List.of(), List.of());
      assertThat(all(store)).isEmpty();
    }
  }

  @Test
  default void aSaveThatFailsHalfWayKeepsNothing() throws Exception {
    try (Store store = owned()) {
      List<Progress> broken = new ArrayList<>(List.of(progress("1", NOON), paused("new")));
      broken.add(null);
      assertThatThrownBy(() -> Records.save(store, broken))
          .isInstanceOf(NullPointerException.class);
      assertThat(all(store)).isEmpty();
      Records.save(store, List.of(paused("new")));
      assertThat(all(store)).containsExactly(paused("new"));
    }
  }

  @Test
  default void manyAreReadEachOnceWhateverTheOrderTheyCameIn() throws Exception {
    long seed = Long.getLong("seed", 20_261_127);
    System.err.println("seed " + seed);
    List<Progress> many = new ArrayList<>();
    IntStream.range(-500, 20_200).forEach(i -> many.add(progress("" + i, NOON.plusSeconds(i))));
    IntStream.range(0, 300).forEach(i -> many.add(progress("rest:" + i, NOON)));
    IntStream.range(0, 300).forEach(i -> many.add(paused("" + i)));
    Collections.shuffle(many, new Random(seed));
    try (Store store = owned()) {
      Records.save(store, many.subList(0, 11_111));
      Records.save(store, many.subList(11_111, many.size()));
      List<Progress> read = all(store);
      assertThat(read).hasSameSizeAs(many);
      assertThat(new HashSet<>(read)).isEqualTo(new HashSet<>(many));
    }
  }

  @Test
  default void whoeverIsHandedProgressMaySaveIt() throws Exception {
    try (Store store = owned()) {
      Records.save(store, List.of(progress("1", NOON), progress("2", NOON)));
      store.readAll(
          each -> {
            try {
              Records.save(
                  store, List.of(progress(each.key().action().text(), NOON.plusSeconds(1))));
            } catch (StoreException e) {
              throw new IllegalStateException(e);
            }
          });
      assertThat(all(store)).allMatch(one -> one.settledUntil().equals(NOON.plusSeconds(1)));
    }
  }

  @Test
  default void severalThreadsSaveSideBySide() throws Exception {
    try (Store store = owned()) {
      List<Integer> ids = IntStream.range(0, 200).boxed().toList();
      ids.parallelStream()
          .forEach(
              id -> {
                try {
                  Records.save(store, List.of(progress("" + id, NOON), retrying("r:" + id, "x")));
                } catch (StoreException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(all(store)).hasSize(400);
    }
  }

  @Test
  default void aSnapshotIsReadBackInTheOrderOfItsIds() throws Exception {
    Map<String, Action> kept =
        Map.of(
            "10", action("10", "*/5 * * * *", "Europe/Berlin"),
            "9", withCommand("9", "line\nline\u0000\t\"quoted\" 😀"),
            "-1", withCommand("-1", "x".repeat(1_000_000)),
            "rest:7",
                action(
                    "rest:7",
                    "{\"format\":\"date\",\"params\":{\"run_date\":\"2030-01-01T00:00:00Z\"}}",
                    "UTC"));
    try (Store store = owned()) {
      store.saveSnapshot("table", kept.values(), List.of());
      store.saveSnapshot("other", List.of(action("5", "@daily", "UTC")), List.of());
      store.snapshotTaken("table", NOON);
      assertThat(actions(store, "table"))
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("timing.schedule")
          .containsExactly(kept.get("-1"), kept.get("9"), kept.get("10"), kept.get("rest:7"));
      assertThat(actions(store, "table").get(2).timing().schedule().next(NOON)).isPresent();
      assertThat(store.snapshotReadAt("table")).contains(NOON);
      assertThat(store.snapshotReadAt("other")).isEmpty();
    }
  }

  @Test
  default void aSnapshotIsBroughtUpToDate() throws Exception {
    try (Store store = owned()) {
      List<Action> first = Stream.of("1", "2", "3").map(id -> action(id, "@daily", "UTC")).toList();
      store.saveSnapshot("table", first, List.of());
      Action edited = withCommand("2", "new");
      store.saveSnapshot("table", List.of(edited), List.of(new ActionId("3"), new ActionId("4")));
      store.snapshotTaken("table", NOON);
      store.snapshotTaken("table", NOON.plusSeconds(30));
      assertThat(actions(store, "table"))
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("timing.schedule")
          .containsExactly(first.get(0), edited);
      assertThat(store.snapshotReadAt("table")).contains(NOON.plusSeconds(30));
    }
  }

  @Test
  default void closingTwiceIsFine() throws Exception {
    Store store = owned();
    store.close();
    store.close();
  }
}
