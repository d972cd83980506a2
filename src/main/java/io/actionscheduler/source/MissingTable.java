package io.actionscheduler.source;

import io.actionscheduler.action.SourceException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles a missing action table. */
final class MissingTable {
  private static final Logger LOG = LoggerFactory.getLogger(MissingTable.class);

  private MissingTable() {}

  /** Creates an empty table and logs it, unless another table was probably meant. */
  static void create(Handle handle, TableSql sql, String label) throws SourceException {
    refuseOther(handle, sql, label);
    sql.create(handle);
    LOG.warn("{}: there was no table action; an empty one was created", label);
  }

  /** Throws where a table of that name lies at another place of the database. */
  static void refuseOther(Handle handle, TableSql sql, String label) throws SourceException {
    Optional<String> other = sql.otherPlace(handle);
    if (other.isPresent()) {
      throw SourceException.misconfigured(
          label + ": " + other.get() + ", or create one here with \"db upgrade\"", null);
    }
  }
}
