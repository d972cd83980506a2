package io.actionscheduler.store;

import io.actionscheduler.action.ActionId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** All of a store, which has one owner. */
final class WholePart implements Part {
  private static final Map<String, String> SCHEDULE_USERS =
      Map.of("scheduler_progress", "schedule_id", "scheduler_action", "schedule_id");

  @Override
  public boolean has(ActionId action) {
    return true;
  }

  @Override
  public boolean isFirst() {
    return true;
  }

  @Override
  public void begin(Handle handle, Interned schedules) throws SQLException {
    schedules.sweep(handle, SCHEDULE_USERS);
    handle.execute("UPDATE scheduler_recorded SET number = 0");
    RunningTable.clear(handle);
  }

  @Override
  public boolean isNew(Handle handle, long number) {
    return handle
            .createUpdate("UPDATE scheduler_recorded SET number = :number WHERE number <> :number")
            .bind("number", number)
            .execute()
        > 0;
  }

  @Override
  public Optional<Instant> readAt(Handle handle, Optional<Instant> whole) {
    return whole;
  }

  @Override
  public void taken(Handle handle, Instant readAt) {
    // stored with the source
  }
}
