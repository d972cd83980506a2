package io.actionscheduler.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.fire.Store;
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
}
