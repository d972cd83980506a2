package io.actionscheduler.testing;

import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Recordings of progress alone, as a scheduler writes them. */
public final class Records {
  private static final AtomicLong NUMBER = new AtomicLong();

  private Records() {}

  /** Has {@code store} keep {@code progress}, replacing what it had under the same keys. */
  public static void save(Store store, Collection<Progress> progress) throws StoreException {
    store.record(recording(progress, List.of()));
  }

  /** Has {@code store} forget what it has under {@code keys}. */
  public static void remove(Store store, Collection<ProgressKey> keys) throws StoreException {
    store.record(recording(List.of(), keys));
  }

  private static Recording recording(Collection<Progress> progress, Collection<ProgressKey> keys) {
    return new Recording(NUMBER.incrementAndGet(), progress, keys, List.of(), List.of(), List.of());
  }
}
