package io.actionscheduler.store;

import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.Databases;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.Store;
import io.actionscheduler.testing.Records;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Owns the store in a file, moves all progress on again and again, and says so after each save. */
public final class SavingForEver {
  static final int ROWS = 2_000;

  private SavingForEver() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    DatabaseSettings at = SqliteStoreTest.settings("internal_db", file, "jdbc:sqlite:" + file);
    try (Databases databases = new Databases(List.of(at));
        Store store =
            Stores.open(Optional.of(at), databases, Samples.CRON, InstantSource.system())) {
      store.own(() -> {});
      for (long round = 0; round < 1_000_000; round++) {
        Instant settled = Samples.NOON.plusSeconds(round);
        List<Progress> all =
            IntStream.range(0, ROWS).mapToObj(i -> Samples.progress("" + i, settled)).toList();
        Records.save(store, all);
        System.out.println("saved " + round);
      }
    }
  }
}
