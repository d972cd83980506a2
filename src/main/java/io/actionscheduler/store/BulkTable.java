package io.actionscheduler.store;

import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.BulkStore;
import io.actionscheduler.fire.KeptBulk;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes the table {@code scheduler_bulk}. */
final class BulkTable {
  private BulkTable() {}

  static void save(Handle handle, KeptBulk bulk) {
    handle
        .createUpdate(
            """
            INSERT INTO scheduler_bulk (id, begun_at, state) VALUES (:id, :begun, :state)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state
            """)
        .bind("id", bulk.id())
        .bind("begun", Micros.of(bulk.begunAt()))
        .bind("state", bulk.state())
        .execute();
    LatestRows.keep(handle, "scheduler_bulk", BulkStore.MOST_BULKS);
  }

  static Optional<KeptBulk> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT id, begun_at, state FROM scheduler_bulk WHERE id = :id")
        .bind("id", id)
        .map(
            (row, context) ->
                new KeptBulk(row.getString(1), Micros.at(row.getLong(2)), row.getString(3)))
        .findOne();
  }
}
