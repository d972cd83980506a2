package io.actionscheduler.store;

import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.Outage;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads and writes the table {@code scheduler_outage}: a row for each unavailable target. */
final class OutageTable {
  private OutageTable() {}

  static List<Outage> read(Handle handle) {
    return handle
        .createQuery("SELECT callback, since, reason FROM scheduler_outage ORDER BY callback")
        .map(
            (row, context) ->
                new Outage(row.getString(1), Micros.at(row.getLong(2)), row.getString(3)))
        .list();
  }

  static void replace(Handle handle, Collection<Outage> now) {
    handle.execute("DELETE FROM scheduler_outage");
    for (Outage outage : now) {
      handle
          .createUpdate(
              """
              INSERT INTO scheduler_outage (callback, since, reason)
              VALUES (:callback, :since, :reason)
              """)
          .bind("callback", outage.callback())
          .bind("since", Micros.of(outage.since()))
          .bind("reason", outage.reason().replace('\0', '\ufffd'))
          .execute();
    }
  }
}
