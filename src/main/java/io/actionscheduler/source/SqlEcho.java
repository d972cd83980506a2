package io.actionscheduler.source;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the statements on the action database, where the settings ask for it. */
final class SqlEcho implements SqlLogger {
  private static final Logger LOG = LoggerFactory.getLogger("io.actionscheduler.source.sql");

  private final boolean on;

  SqlEcho(boolean on) {
    this.on = on;
  }

  Handle on(Handle handle) {
    if (on) {
      handle.getConfig(SqlStatements.class).setSqlLogger(this);
    }
    return handle;
  }

  /** Logs a statement that is carried out without Jdbi, where {@link #on} was asked for. */
  static void log(Handle handle, String sql) {
    if (handle.getConfig(SqlStatements.class).getSqlLogger() instanceof SqlEcho echo) {
      echo.log(sql);
    }
  }

  void log(String sql) {
    if (on) {
      LOG.info("{}", sql.strip().replaceAll("\\s+", " "));
    }
  }

  @Override
  public void logBeforeExecution(StatementContext context) {
    log(context.getRenderedSql());
  }
}
