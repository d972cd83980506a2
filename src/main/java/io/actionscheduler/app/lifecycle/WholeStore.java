package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.parts.CallbackHost;
import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.config.Settings;
import io.actionscheduler.db.Databases;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.store.Stores;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * Makes this process the owner of the store. A loss of ownership ends the program; in a process
 * with standby it ends only the present period of ownership.
 */
final class WholeStore implements Ownership {
  private final Settings settings;
  private final Exit exit;
  private volatile BooleanSupplier isOwner = () -> false; // until the store is opened

  WholeStore(Settings settings, Exit exit) {
    this.settings = requireNonNull(settings, "settings is null");
    this.exit = requireNonNull(exit, "exit is null");
  }

  @Override
  public CallbackHost callbackHost() {
    return CallbackHost.ofAll(exit::fail, this::lost, () -> isOwner.getAsBoolean());
  }

  @Override
  public Store open(Databases databases, InstantSource clock) throws StoreException {
    Store store =
        settings.standby()
            ? Stores.openWithStandby(
                settings.internalDb().orElseThrow(), databases, CronReaders.of(settings))
            : Stores.open(settings.internalDb(), databases, CronReaders.of(settings), clock);
    isOwner = store::isOwned;
    return store;
  }

  @Override
  public boolean take(Store store, Companion companion, ServiceManager manager)
      throws OwnedElsewhere, StoreException, InterruptedException, IOException {
    Runnable lost = () -> lost(store.label() + " is no longer owned by this scheduler");
    if (!settings.standby()) {
      return new WaitAtStart(exit).until(() -> store.own(lost));
    }
    try (Standby standby = new Standby(settings, exit, companion, manager)) {
      return standby.await(store, lost);
    }
  }

  private void lost(String reason) {
    if (settings.standby()) {
      exit.drop(reason);
    } else {
      exit.fail(reason);
    }
  }
}
