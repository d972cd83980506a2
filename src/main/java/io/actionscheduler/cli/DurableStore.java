package io.actionscheduler.cli;

import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;

/** Opens the store for commands that need stored data. */
final class DurableStore {
  private DurableStore() {}

  static Store of(Parts parts) throws StoreException, WrongUsage {
    Store store = parts.store();
    if (!store.isDurable()) {
      throw new WrongUsage(
          "internal_db is not set: progress is held in the memory of the running scheduler only");
    }
    return store;
  }
}
