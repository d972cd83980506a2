package io.actionscheduler.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a store answers that has no quicker way of its own. */
class StoreDefaultsTest {
  private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");

  /** A history in a list: the number of a run is its place, from 1 on. */
  private record Listed(List<Run> runs) implements HistoryStore {
    @Override
    public List<Entry> history(Filter filter, long before, int most) {
      List<Entry> found = new ArrayList<>();
      for (int i = 0; i < runs.size(); i++) {
        if (i + 1 < before && filter.matches(runs.get(i))) {
          found.add(new Entry(i + 1, runs.get(i)));
        }
      }
      Collections.reverse(found);
      return found.subList(0, Math.min(most, found.size()));
    }

    @Override
    public List<Entry> historyAfter(Filter filter, long after, int most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Entry> historyPage(Filter filter, long skip, int most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Count countHistory(Filter filter) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void addByHand(Collection<Run> added) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean pruneHistory(Instant before, long maxRows) {
      throw new UnsupportedOperationException();
    }
  }

  private static Run run(String action, Run.Status status, String output) {
    return new Run(
        new ProgressKey(new ActionId(action), "main"),
        action,
        Stretch.of(AT),
        "",
        Cause.SCHEDULE,
        status,
        Optional.of(AT),
        AT,
        1,
        0,
        "",
        output);
  }

  private static final HistoryStore HISTORY =
      new Listed(
          List.of(
              run("a", Run.Status.SUCCESS, "one"),
              run("b", Run.Status.SUCCESS, "two"),
              run("a", Run.Status.FAILED, "three"),
              run("a", Run.Status.MERGED, "four")));

  private static List<String> told(Collection<HistoryStore.Entry> entries) {
    return entries.stream().map(one -> one.number() + one.run().output()).toList();
  }

  @Test
  void theLatestRunsAreGivenWithoutTheirOutput() throws Exception {
    assertThat(told(HISTORY.historyWithoutOutput(HistoryStore.Filter.ALL, 3)))
        .containsExactly("4", "3", "2");
  }

  @Test
  void theLatestRunsOfSeveralActionsAreGivenByAction() throws Exception {
    Map<ActionId, List<HistoryStore.Entry>> recent =
        HISTORY.recentRuns(List.of(new ActionId("c"), new ActionId("a"), new ActionId("b")), 2);
    assertThat(recent.keySet()).extracting(ActionId::text).containsExactly("c", "a", "b");
    assertThat(recent.values().stream().map(StoreDefaultsTest::told))
        .containsExactly(List.of(), List.of("4", "3"), List.of("2"));
  }

  @Test
  void aRunIsFoundByItsNumber() throws Exception {
    assertThat(HISTORY.historyEntry(1).map(one -> one.run().output())).contains("one");
    assertThat(HISTORY.historyEntry(3).map(one -> one.run().output())).contains("three");
    for (long none : new long[] {Long.MIN_VALUE, -1, 0, 5, Long.MAX_VALUE}) {
      assertThat(HISTORY.historyEntry(none)).isEmpty();
    }
  }

  @Test
  void theLatestRunOfAnActionIsTheLastThatWasAttempted() throws Exception {
    Map<ActionId, HistoryStore.Entry> latest =
        HISTORY.latestRuns(List.of(new ActionId("a"), new ActionId("b"), new ActionId("c")));
    assertThat(latest).containsOnlyKeys(new ActionId("a"), new ActionId("b"));
    assertThat(told(latest.values())).containsExactlyInAnyOrder("3", "2");
  }

  @Test
  void nothingIsLeftToBeIndexed() throws Exception {
    assertThat(HISTORY.indexHistory()).isFalse();
  }

  private static Progress progress(String action, String callback, Optional<Outcome> outcome) {
    Account account =
        outcome.isEmpty()
            ? Account.begun(AT.minusSeconds(60))
            : new Account(AT.minusSeconds(60), outcome, AT, 1);
    return new Progress(
        new ProgressKey(new ActionId(action), callback),
        AT,
        "* * * * *",
        "Z",
        false,
        account,
        Optional.empty());
  }

  private static List<String> keys(Collection<Progress> all) {
    return all.stream().map(one -> one.key().action() + " at " + one.key().callback()).toList();
  }

  @Test
  void theProgressOfOneActionAndOfThoseThatFailedIsPickedFromAll() throws Exception {
    List<Progress> all =
        List.of(
            progress("a", "main", Optional.of(Outcome.FAILED)),
            progress("a", "other", Optional.of(Outcome.DELIVERED)),
            progress("b", "main", Optional.empty()));
    ProgressStore store =
        (ids, each) -> all.stream().filter(one -> ids == IdScope.ALL).forEach(each);
    List<Progress> failed = new ArrayList<>();

    store.readFailed(failed::add);
    assertThat(keys(failed)).containsExactly("a at main");
    assertThat(keys(store.progressOf(new ActionId("a"))))
        .containsExactly("a at main", "a at other");
    assertThat(store.progressOf(new ActionId("c"))).isEmpty();
  }
}
