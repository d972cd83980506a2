package io.actionscheduler.store;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.db.Micros;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** The table in which the Python program stores its jobs; it is only read. */
final class ApschedulerJobs {
  private static final String TABLE = "apscheduler_jobs";
  private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,17}");

  private ApschedulerJobs() {}

  static Map<ActionId, Instant> nextRuns(Handle handle, Backend backend) throws SQLException {
    if (!backend.hasTable(handle, TABLE)) {
      return Map.of();
    }
    Map<ActionId, Instant> nextRuns = new HashMap<>();
    handle
        .createQuery("SELECT id, next_run_time FROM " + TABLE + " WHERE next_run_time IS NOT NULL")
        .map(
            (row, context) -> {
              String id = row.getString(1);
              // SQLite stores values of any type: a text is no moment.
              if (id != null
                  && NUMBER.matcher(id).matches()
                  && row.getObject(2) instanceof Number seconds
                  && Double.isFinite(seconds.doubleValue())) {
                nextRuns.put(new ActionId(id), Micros.atSeconds(seconds.doubleValue()));
              }
              return id;
            })
        .stream()
        .forEach(id -> {});
    return nextRuns;
  }
}
