package io.actionscheduler.source;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.db.DatabaseFault;
import io.actionscheduler.db.DatabaseSettings;

/** Explains an error of the database as a fault of the source. */
final class SourceFault {
  private SourceFault() {}

  static SourceException of(DatabaseSettings at, Exception e) {
    DatabaseFault fault = DatabaseFault.of(at, e);
    return fault.misconfigured()
        ? SourceException.misconfigured(fault.message(), e)
        : SourceException.unavailable(fault.message(), e);
  }
}
