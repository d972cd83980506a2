package io.actionscheduler.store.ownership;

import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.StoreOwner;
import io.actionscheduler.store.ownership.LeaseRow.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ownership of a PostgreSQL database: a row that expires unless it is renewed, with a token that
 * grows with every owner and is checked by every write. One thread renews the lease. Another thread
 * watches the time by the monotonic clock of this machine, so that a server that does not answer is
 * noticed before the lease expires.
 */
public final class Lease implements Ownership {
  private static final Logger log = LoggerFactory.getLogger(Lease.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final OwnedDatabase database;
  private final LeaseTimes times;
  private final LeasedRow row;
  private final long token;
  private final Runnable lost;
  private final ScheduledThreadPoolExecutor threads = threads();
  private final AtomicBoolean over = new AtomicBoolean();
  private final SteadyTime steady;
  private volatile long reliableUntil; // System.nanoTime()
  private volatile long heldUntil; // the same moment, by what counts suspended time as well
  private boolean failing;

  private Lease(
      OwnedDatabase database, LeaseTimes times, LeasedRow row, long token, Runnable lost) {
    this.database = database;
    this.times = times;
    this.row = row;
    this.token = token;
    this.lost = lost;
    this.steady = new SteadyTime();
  }

  /**
   * Takes the lease. Waits until the lease of an owner that died expires; if an owner renews it
   * meanwhile, that owner is alive and this process is refused.
   *
   * @throws OwnedElsewhere when its owner is alive; the message names it
   * @throws SQLException when the database cannot be read or written
   */
  public static Lease take(OwnedDatabase database, LeaseTimes times, Owner owner, Runnable lost)
      throws OwnedElsewhere, SQLException {
    LeaseRow row = new LeaseRow(database, times.length());
    return begin(database, times, row, token(database, row, owner), lost);
  }

  /**
   * Takes the lease if nobody holds it; waits for nothing.
   *
   * @throws OwnedElsewhere with the owner, where it has not run out
   * @throws SQLException when the database cannot be read or written
   */
  public static Lease takeIfFree(
      OwnedDatabase database, LeaseTimes times, Owner owner, Runnable lost)
      throws OwnedElsewhere, SQLException {
    Optional<StoreOwner> holder = holder(database); // a look costs little, and comes often
    if (holder.isPresent()) {
      throw Owner.refusal(database.settings(), holder.get());
    }
    LeaseRow row = new LeaseRow(database, times.length());
    Answer answer = row.ask(owner);
    if (answer.token().isEmpty()) { // another one was faster
      throw Owner.refusal(database.settings(), answer.held().orElseThrow());
    }
    return begin(database, times, row, answer.token().get(), lost);
  }

  /**
   * Begins a lease of a process of a cluster, which excludes no other process.
   *
   * @throws SQLException when the database cannot be read or written
   */
  public static Lease ofMember(
      OwnedDatabase database, LeaseTimes times, Owner process, Runnable lost) throws SQLException {
    MemberRow row = new MemberRow(database, times.length());
    return begin(database, times, row, row.enter(database, process), lost);
  }

  /** Whether it is lost or was given back: it will not be held again. */
  public boolean isOver() {
    return over.get();
  }

  /** Who holds it, as a number that no other holder has. */
  public long token() {
    return token;
  }

  /**
   * Who holds the lease now; empty where nobody does. Of the processes of a cluster, it is the one
   * whose lease ends last.
   *
   * @throws SQLException when the database cannot be read
   */
  public static Optional<StoreOwner> holder(OwnedDatabase database) throws SQLException {
    return database.read(handle -> LeaseRow.holder(database, handle));
  }

  private static Lease begin(
      OwnedDatabase database, LeaseTimes times, LeasedRow row, long token, Runnable lost)
      throws SQLException {
    Lease lease = new Lease(database, times, row, token, lost);
    long askedAt = System.nanoTime();
    long steadily = lease.steady.nanos();
    try {
      if (!row.renew(lease.token)) {
        throw new NotOwned("another scheduler took it over");
      }
    } catch (SQLException e) {
      row.close();
      throw e;
    }
    lease.renewed(askedAt, steadily);
    lease.in(times.renewEvery().toNanos(), lease::renew);
    lease.watch();
    return lease;
  }

  private static long token(OwnedDatabase database, LeaseRow row, Owner owner)
      throws OwnedElsewhere, SQLException {
    Answer first = row.ask(owner);
    Answer answer = first;
    while (answer.token().isEmpty()) {
      StoreOwner held = answer.held().orElseThrow();
      if (!answer.held().equals(first.held())) {
        throw Owner.refusal(database.settings(), held);
      }
      if (answer == first) {
        log.info(
            "{}: waiting for pid {} on {} to renew its ownership, or for that to end at {}",
            database.settings(),
            held.pid(),
            held.host(),
            held.leaseUntil());
      }
      pause();
      answer = row.ask(owner);
    }
    return answer.token().get();
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(LOOK_EVERY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting for the owner before", e);
    }
  }

  private static ScheduledThreadPoolExecutor threads() {
    ScheduledThreadPoolExecutor threads =
        new ScheduledThreadPoolExecutor(
            2,
            work -> {
              Thread thread = Executors.defaultThreadFactory().newThread(work);
              thread.setName("internal-store-lease");
              thread.setDaemon(true);
              return thread;
            },
            new ScheduledThreadPoolExecutor.DiscardPolicy()); // given back or lost meanwhile
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return threads;
  }

  private void in(long nanos, Runnable work) {
    threads.schedule(work, nanos, TimeUnit.NANOSECONDS);
  }

  private void renewed(long askedAt, long steadily) {
    heldUntil = steadily + times.reliable().toNanos();
    reliableUntil = askedAt + times.reliable().toNanos();
  }

  private void renew() {
    long askedAt = System.nanoTime();
    long steadily = steady.nanos();
    try {
      if (askedAt - reliableUntil >= 0) { // this process was paused
        lose("it could not be renewed in time");
        return;
      }
      if (!row.renew(token)) {
        lose("another scheduler took it over");
        return;
      }
      renewed(askedAt, steadily);
      in(times.renewEvery().toNanos(), this::renew);
      if (failing) {
        failing = false;
        log.info("{}: ownership is renewed again", database.settings());
      }
    } catch (SQLException e) {
      if (!failing && !over.get()) {
        failing = true;
        log.warn("{}: ownership could not be renewed: {}", database.settings(), e.getMessage());
      }
      in(times.retryEvery().toNanos(), this::renew);
    }
  }

  private void watch() {
    long left = reliableUntil - System.nanoTime();
    if (left > 0) {
      in(left, this::watch);
    } else {
      lose("it could not be renewed in time");
    }
  }

  private void lose(String why) {
    if (over.compareAndSet(false, true)) {
      log.error("{}: ownership is lost: {}", database.settings(), why);
      lost.run();
      end();
    }
  }

  private void end() {
    threads.shutdown();
    try {
      row.close();
    } catch (SQLException e) {
      log.debug("{}: the connection of the lease did not close well: {}", database.settings(), e);
    }
  }

  @Override
  public boolean isHeld() {
    return !over.get() && reliableUntil - System.nanoTime() > 0 && heldUntil - steady.nanos() > 0;
  }

  @Override
  public void check() throws NotOwned {
    if (over.get() || reliableUntil - System.nanoTime() <= 0) {
      throw new NotOwned("its ownership is lost");
    }
  }

  @Override
  public void check(Handle handle) throws SQLException {
    check();
    if (!row.isHeldBy(handle, token)) {
      lose("another scheduler took it over");
      throw new NotOwned("another scheduler took it over");
    }
  }

  @Override
  public void close() {
    if (over.compareAndSet(false, true)) {
      try {
        row.giveBack(token);
      } catch (SQLException e) {
        log.warn(
            "{}: ownership could not be given back, it ends by itself in {} s: {}",
            database.settings(),
            times.length().toSeconds(),
            e.getMessage());
      }
      end();
    }
  }
}
