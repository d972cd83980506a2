package io.actionscheduler.db;

import io.actionscheduler.db.SqliteFile.Work;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Work that shares a transaction with that of others. It may be carried out by the thread of
 * another; a lock of the caller guards it.
 */
final class WaitingWork<T> {
  private final Work<T> work;
  private T result;
  private Throwable fault; // null where there is none
  private boolean done;

  WaitingWork(Work<T> work) {
    this.work = work;
  }

  void carryOut(Handle handle) throws SQLException {
    result = work.with(handle);
  }

  /** What was carried out is on disk. */
  void committed() {
    done = true;
  }

  /** Nothing of it is on disk. The first reason counts. */
  void failed(Throwable reason) {
    fault = fault == null ? reason : fault;
    done = true;
  }

  boolean isDone() {
    return done;
  }

  /** The result of the work, once it is done. */
  T result() throws SQLException {
    if (fault instanceof JdbiException jdbi && jdbi.getCause() instanceof SQLException cause) {
      throw cause;
    }
    if (fault instanceof SQLException sql) {
      throw sql;
    }
    if (fault instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (fault instanceof Error error) {
      throw error;
    }
    return result;
  }
}
