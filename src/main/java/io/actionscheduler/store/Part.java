package io.actionscheduler.store;

import io.actionscheduler.action.ActionId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The part of a store that one process writes. */
interface Part {
  boolean has(ActionId action);

  /** Whether its owner stores what is stored once for all parts, such as outages of targets. */
  boolean isFirst();

  /** The first write of an owner: what its predecessor left behind is over. */
  void begin(Handle handle, Interned schedules) throws SQLException;

  /** Whether the recording with this number is written for the first time; notes it. */
  boolean isNew(Handle handle, long number);

  /**
   * When its rows were read last.
   *
   * @param whole when the source was read last, by whichever process
   */
  Optional<Instant> readAt(Handle handle, Optional<Instant> whole);

  /** Its rows were read. */
  void taken(Handle handle, Instant readAt);
}
