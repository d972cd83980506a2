package io.actionscheduler.store;

import static io.actionscheduler.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryStoreTest implements StoreContract {
  private final MemoryStore store = new MemoryStore();

  @Override
  public Store open() {
    return store;
  }

  @Test
  void itDoesNotOutliveTheProcessAndSaysSo() {
    assertThat(store.isDurable()).isFalse();
  }

  @Test
  void itsLedgerHoldsTheLatestEntriesAndTellsWhenOlderOnesAreAskedFor() throws Exception {
    ProgressKey key = Samples.key("1");
    List<LedgerEntry> entries =
        IntStream.rangeClosed(0, 100_000)
            .mapToObj(i -> Stretch.of(NOON.plusSeconds(i)))
            .map(stretch -> new LedgerEntry(key, NOON, Outcome.DELIVERED, stretch))
            .toList();
    store.record(new Recording(1, List.of(), List.of(), entries, List.of(), List.of()));
    List<LedgerEntry> read = new ArrayList<>();
    store.readLedger(Optional.empty(), NOON.plusSeconds(1), ALWAYS, read::add);
    assertThat(read).isEqualTo(entries.subList(1, entries.size()));
    assertThatThrownBy(() -> store.readLedger(Optional.empty(), NOON, ALWAYS, read::add))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("set internal_db");
  }

  /** Code and processes may print 64 KiB in each run. */
  @Test
  void itsHistoryHoldsTheLatestRunsAndTheLatestOutputsOfThem() throws Exception {
    String output = "x".repeat(65_536);
    store.addByHand(
        IntStream.range(0, 10_010).mapToObj(i -> printed(i, i % 2 == 0 ? output : "")).toList());

    List<Entry> all = store.history(Filter.ALL, Long.MAX_VALUE, 20_000);
    assertThat(all).hasSize(10_000);
    assertThat(all.get(0).number()).isEqualTo(10_010);
    assertThat(all).filteredOn(entry -> !entry.run().output().isEmpty()).hasSize(512);
    assertThat(all.get(1).run().output()).isEqualTo(output);
    assertThat(store.historyAfter(Filter.ALL, 0, 1).get(0).number()).isEqualTo(11);

    store.pruneHistory(Instant.MIN, 3);
    assertThat(store.history(Filter.ALL, Long.MAX_VALUE, 20_000)).isEqualTo(all.subList(0, 3));
    store.addByHand(List.of(printed(10_010, output)));
    assertThat(store.history(Filter.ALL, Long.MAX_VALUE, 2).get(0).run().output())
        .isEqualTo(output);
  }

  private static Run printed(int number, String output) {
    Instant at = NOON.plusSeconds(number);
    return new Run(
        Samples.key("1"),
        "report",
        Stretch.of(at),
        "",
        Cause.SCHEDULE,
        Run.Status.SUCCESS,
        Optional.of(at),
        at,
        1,
        0,
        "",
        output);
  }
}
