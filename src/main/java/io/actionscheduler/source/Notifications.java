package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.concurrent.Backoff;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.db.DatabaseFault;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.PostgresConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for notifications of PostgreSQL that the action table changed, which {@code db upgrade
 * --notify} switches on, and starts a poll. Polling continues as well: if a notification is lost,
 * the change is only found later.
 */
public final class Notifications implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
  private static final Duration LEAST_BETWEEN = Duration.ofSeconds(1);
  private static final Backoff RETRIES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final int LISTEN_MILLIS = 5_000;
  private static final int STOP_SECONDS = 5;

  private final DatabaseSettings settings;
  private final Runnable wake;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Daemons.named("action-table-notifications").newThread(this::run);
  private volatile Connection connection; // null while there is none
  private boolean lost;
  private boolean installed; // as far as is known here
  private boolean pooled;

  private Notifications(DatabaseSettings settings, Runnable wake) {
    this.settings = requireNonNull(settings, "settings is null");
    this.wake = requireNonNull(wake, "wake is null");
  }

  /**
   * Begins to listen.
   *
   * @param settings of a PostgreSQL database
   * @param wake called on a thread of this object's own, at most once a second
   */
  public static Notifications listen(DatabaseSettings settings, Runnable wake) {
    Notifications notifications = new Notifications(settings, wake);
    notifications.thread.start();
    return notifications;
  }

  private void run() {
    Duration retry = RETRIES.first();
    while (!isClosed()) {
      try (Connection listening = PostgresConnections.connect(settings, LONGEST_WAIT)) {
        connection = listening;
        retry = RETRIES.first();
        if (subscribe(listening)) {
          listenOn(listening);
        }
        retry = RETRIES.longest(); // no trigger yet; one may come
      } catch (SQLException | JdbiException e) {
        if (!lost && !isClosed()) {
          LOG.warn(
              "no notifications, polling continues: {}", DatabaseFault.of(settings, e).message());
        }
        lost = true;
      } finally {
        connection = null;
      }
      await(retry);
      retry = RETRIES.next(retry);
    }
  }

  /** Whether there is anything to listen to. */
  private boolean subscribe(Connection listening) throws SQLException {
    if (!isInstalled(listening) || isPooled(listening)) {
      return false;
    }
    try (Statement statement = listening.createStatement()) {
      statement.execute("LISTEN " + ChangeTrigger.CHANNEL);
    }
    LOG.info("{}: changes are notified{}", settings.label(), lost ? " again" : "");
    lost = false;
    wake.run(); // changes before this moment were not notified
    return true;
  }

  private void listenOn(Connection listening) throws SQLException {
    PGConnection postgres = listening.unwrap(PGConnection.class);
    while (!isClosed()) {
      if (postgres.getNotifications(LISTEN_MILLIS).length > 0) {
        wake.run();
        await(LEAST_BETWEEN); // what comes meanwhile waits in the connection
      } else if (!isInstalled(listening)) { // asks the server, and so finds a broken connection
        return;
      }
    }
  }

  /** A table that was rebuilt lacks its trigger; only this object knows that there was one. */
  private boolean isInstalled(Connection listening) throws SQLException {
    boolean before = installed;
    try (Handle handle = Jdbi.create(listening).open()) {
      installed = ChangeTrigger.isInstalled(handle);
    }
    if (before && !installed) {
      lost = true;
      LOG.warn(
          "{}: changes are no longer notified: the trigger {} on table action is gone or disabled;"
              + " polling continues, and \"db upgrade --notify\" makes it again",
          settings.label(),
          ChangeTrigger.CHANNEL);
    }
    return installed;
  }

  /** Behind a pooler, another program would get the session that listens. */
  private boolean isPooled(Connection listening) throws SQLException {
    boolean before = pooled;
    pooled = PostgresConnections.isPooled(listening);
    if (pooled && !before) {
      LOG.warn(
          "{}: no notifications through a pooler, polling continues; for notifications, give the"
              + " address of the server itself",
          settings.label());
    }
    return pooled;
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void await(Duration time) {
    try {
      closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closed.countDown(); // nobody but close() interrupts this thread
    }
  }

  /** Ends the listening; the thread is gone when it returns, or within seconds. */
  @Override
  public void close() {
    closed.countDown();
    Connection listening = connection;
    if (listening != null) {
      try {
        listening.abort(Runnable::run); // a close would wait for the answer that never comes
      } catch (SQLException e) {
        LOG.debug("{}: the listening connection did not close", settings.label(), e);
      }
    }
    thread.interrupt();
    try {
      thread.join(STOP_SECONDS * 1000L);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
