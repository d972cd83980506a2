package io.actionscheduler.store;

import io.actionscheduler.db.DatabaseFault;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.Databases;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.store.ownership.LeaseTimes;
import io.actionscheduler.text.CronReader;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;

/** Opens the internal store that the settings name. */
public final class Stores {
  private Stores() {}

  /**
   * Opens the store. No tables are made before it is owned, and a server is not connected to.
   *
   * @param at empty: everything is held in memory
   * @param databases closes what is opened here; must be closed after the store
   * @param cron reads the schedules of stored actions
   * @param clock gives the moment since when the store is owned
   * @throws StoreException when a SQLite file cannot be opened
   */
  public static Store open(
      Optional<DatabaseSettings> at, Databases databases, CronReader cron, InstantSource clock)
      throws StoreException {
    return at.isPresent() ? open(at.get(), databases, cron, clock) : new MemoryStore();
  }

  /** As {@link #open}, for a process that stands by while another one owns the store. */
  public static Store openWithStandby(DatabaseSettings at, Databases databases, CronReader cron) {
    return new DatabaseStore(
        PostgresBackend.withStandby(at, databases.postgres(at), LeaseTimes.WITH_STANDBY), cron);
  }

  private static Store open(
      DatabaseSettings at, Databases databases, CronReader cron, InstantSource clock)
      throws StoreException {
    return switch (at.dialect()) {
      case SQLITE -> new DatabaseStore(sqlite(at, databases, clock), cron);
      case POSTGRESQL ->
          new DatabaseStore(
              new PostgresBackend(at, databases.postgres(at), LeaseTimes.STANDARD), cron);
    };
  }

  private static Backend sqlite(DatabaseSettings at, Databases databases, InstantSource clock)
      throws StoreException {
    try {
      return new SqliteBackend(at, databases.sqlite(at), databases.isShared(at), clock);
    } catch (SQLException e) {
      DatabaseFault fault = DatabaseFault.of(at, e);
      throw fault.misconfigured()
          ? StoreException.misconfigured(fault.message(), e)
          : StoreException.failing(fault.message(), e);
    }
  }
}
