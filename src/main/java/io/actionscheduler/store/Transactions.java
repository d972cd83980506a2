package io.actionscheduler.store;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.db.DatabaseFault;
import io.actionscheduler.db.SqliteFile.Work;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.StoreOwner;
import io.actionscheduler.store.ownership.NotYetOwned;
import io.actionscheduler.store.ownership.Ownership;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the transactions of a store: checks ownership where they write, and explains faults. */
final class Transactions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
  private static final Duration LAST_WRITE = Duration.ofMillis(500);

  private final Backend backend;
  private final List<Interned> shared;

  // One write at a time: the cache of shared values must not survive a rollback.
  private final ReentrantLock writing = new ReentrantLock();
  private volatile Ownership ownership = new NotYetOwned(); // changed under the lock
  private Writing first = handle -> {}; // of an owner
  private volatile boolean begun; // whether that is written
  private Optional<String> replaced = Optional.empty(); // what has to be told of it
  private boolean learnt;
  private final List<Consumer<String>> toldOfReplacement = new CopyOnWriteArrayList<>();

  /** Work that reads in several transactions. */
  @FunctionalInterface
  interface Reading {
    void run() throws SQLException;
  }

  /**
   * @param shared the values that writes give numbers to
   */
  Transactions(Backend backend, List<Interned> shared) {
    this.backend = requireNonNull(backend, "backend is null");
    this.shared = List.copyOf(shared);
  }

  /**
   * Becomes the owner; also of a store that can be read but takes nothing now, as its disk is full.
   *
   * @param first what an owner writes before anything else, as soon as that is possible
   */
  void own(Runnable lost, Writing first) throws OwnedElsewhere, StoreException {
    requireNonNull(lost, "lost is null");
    writing.lock();
    try {
      ownership.close();
      ownership = backend.own(lost);
      this.first = requireNonNull(first, "first is null");
      begun = false;
      learnt = false;
      beginOrWait();
    } catch (SQLException | JdbiException e) {
      throw fault(e);
    } finally {
      writing.unlock();
    }
  }

  private void beginOrWait() throws SQLException {
    try {
      begin();
    } catch (SQLException e) {
      if (!backend.isOnlyFull(e)) {
        throw e;
      }
      LOG.error(
          "{}: the disk, or the file's own limit, is full; make room: fires continue, and progress is"
              + " held in memory until then; new actions wait for it",
          backend.settings());
    }
  }

  /** Enters the owner, unless that was done. */
  private void begin() throws SQLException {
    if (!begun) {
      ownership
          .enter()
          .ifPresent(what -> replaced = Optional.of(backend.settings().label() + ": " + what));
      writeOwned(
          handle -> {
            first.write(handle);
            return handle;
          });
      begun = true;
      replaced.ifPresent(what -> toldOfReplacement.forEach(told -> told.accept(what)));
      replaced = Optional.empty();
    }
  }

  /** Whether another database took the place of the one written to, so that it begins again. */
  private boolean beginsAgain() throws SQLException {
    boolean outdated = ownership.isOutdated();
    if (outdated) {
      begun = false;
      learnt = false;
    }
    return outdated;
  }

  /** See {@link io.actionscheduler.fire.Store#whenReplaced}. */
  void whenReplaced(Consumer<String> told) {
    toldOfReplacement.add(told);
  }

  /** Whether this process may act as the owner; asks no database. */
  boolean isOwned() {
    return ownership.isHeld();
  }

  Optional<StoreOwner> owner() throws StoreException {
    try {
      return backend.owner();
    } catch (SQLException | JdbiException e) {
      throw fault(e);
    }
  }

  Optional<StoreOwner> leaseHolder() throws StoreException {
    try {
      return backend.leaseHolder();
    } catch (SQLException | JdbiException e) {
      throw fault(e);
    }
  }

  void stream(Reading reading) throws StoreException {
    try {
      reading.run();
    } catch (SQLException | JdbiException e) {
      throw fault(e);
    }
  }

  <T> T read(Work<T> work) throws StoreException {
    try {
      return backend.read(work);
    } catch (SQLException | JdbiException e) {
      throw fault(e);
    }
  }

  /**
   * @param none the result where the store has no tables yet
   */
  <T> T read(T none, Work<T> work) throws StoreException {
    return read(handle -> hasTables(handle) ? work.with(handle) : none);
  }

  /** Nobody changes the tables of an owner. */
  private boolean hasTables(Handle handle) throws SQLException {
    return begun && ownership.isHeld() || backend.schema().isReady(handle, backend);
  }

  /** A write in one transaction, without a result. */
  @FunctionalInterface
  interface Writing {
    void write(Handle handle) throws SQLException;
  }

  /** Like {@link #write}, without a result. */
  void run(Writing work) throws StoreException {
    write(
        handle -> {
          work.write(handle);
          return handle;
        });
  }

  /** Writes in one transaction: either everything is on disk afterwards, or nothing. */
  <T> T write(Work<T> work) throws StoreException {
    writing.lock();
    try {
      beginsAgain();
      begin();
      return writeOwned(work);
    } catch (SQLException | JdbiException e) {
      return again(work, e);
    } finally {
      writing.unlock();
    }
  }

  /**
   * What failed because the database was replaced at that very moment is written to the new one.
   */
  private <T> T again(Work<T> work, Exception why) throws StoreException {
    try {
      if (!beginsAgain()) {
        throw fault(why);
      }
      begin();
      return writeOwned(work);
    } catch (SQLException | JdbiException e) {
      throw fault(e);
    }
  }

  private <T> T writeOwned(Work<T> work) throws SQLException {
    ownership.check();
    boolean known = learnt;
    learnt = false; // numbers that a failed transaction assigned are void
    T result =
        backend.write(
            handle -> {
              ownership.check(handle);
              for (Interned values : known ? List.<Interned>of() : shared) {
                values.learn(handle);
              }
              return work.with(handle);
            });
    learnt = true;
    return result;
  }

  /**
   * A write that needs no ownership; it must not assign numbers to shared values. It may share its
   * transaction with the writes of others.
   */
  <T> T writeUnowned(Work<T> work) throws StoreException {
    try {
      return backend.writeTogether(work);
    } catch (SQLException | JdbiException e) {
      throw fault(e);
    }
  }

  private StoreException fault(Exception cause) {
    if (cause instanceof Schema.WrongSchema wrong) {
      String message = backend.settings().label() + ": " + wrong.getMessage();
      return wrong.isMisconfigured()
          ? StoreException.misconfigured(message, cause)
          : StoreException.failing(message, cause);
    }
    DatabaseFault fault = DatabaseFault.of(backend.settings(), cause);
    return fault.misconfigured()
        ? StoreException.misconfigured(fault.message(), cause)
        : StoreException.failing(fault.message(), cause);
  }

  /**
   * Gives back ownership. A write that is still under way then waits for the database, and is left
   * behind: ownership ends with the process, or with its lease.
   */
  @Override
  public void close() {
    try {
      if (!writing.tryLock(LAST_WRITE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      ownership.close();
    } finally {
      writing.unlock();
    }
  }
}
