package io.actionscheduler.store;

import static io.actionscheduler.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Stretch;
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
}
