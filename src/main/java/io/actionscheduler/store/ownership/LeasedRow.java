package io.actionscheduler.store.ownership;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** The row of a lease. All its times are by the clock of the database. */
interface LeasedRow extends AutoCloseable {

  /** Renews the lease for its full length; false when {@code token} no longer holds it. */
  boolean renew(long token) throws SQLException;

  /** Lets the lease end now. */
  void giveBack(long token) throws SQLException;

  /**
   * Whether {@code token} is in force, and stays so until the transaction of {@code handle} ends.
   */
  boolean isHeldBy(Handle handle, long token);

  @Override
  void close() throws SQLException;
}
