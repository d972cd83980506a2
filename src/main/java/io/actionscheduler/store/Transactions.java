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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * The way into a store's database: under ownership where it writes, and with faults put in words.
 */
final class Transactions implements AutoCloseable {
  private final Backend backend;
  private final List<Interned> shared;

  // One write at a time: what is remembered of shared values must not outlive a rollback.
  private final ReentrantLock writing = new ReentrantLock();
  private volatile Ownership ownership = new NotYetOwned(); // changed under the lock
  private boolean learnt;

  /** What reads in several transactions. */
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

  void own(Runnable lost) throws OwnedElsewhere, StoreException {
    requireNonNull(lost, "lost is null");
    writing.lock();
    try {
      ownership.close();
      ownership = backend.own(lost);
      learnt = false;
    } catch (SQLException | JdbiException e) {
      throw fault(e);
    } finally {
      writing.unlock();
    }
  }

  /** Whether this process may act as the owner; asks no database. */
  boolean isOwned() {
    return ownership.isHeld();
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
   * @param none the answer where the store has no tables yet
   */
  <T> T read(T none, Work<T> work) throws StoreException {
    return read(handle -> backend.schema().isReady(handle, backend) ? work.with(handle) : none);
  }

  /** What is written in one transaction, and answers nothing. */
  @FunctionalInterface
  interface Writing {
    void write(Handle handle) throws SQLException;
  }

  /** Like {@link #write}, for what answers nothing. */
  void run(Writing work) throws StoreException {
    write(
        handle -> {
          work.write(handle);
          return handle;
        });
  }

  /** Whatever is written together goes through here together: all of it is on disk, or nothing. */
  <T> T write(Work<T> work) throws StoreException {
    writing.lock();
    try {
      ownership.check();
      boolean known = learnt;
      learnt = false; // numbers given in a transaction that fails are none
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
    } catch (SQLException | JdbiException e) {
      throw fault(e);
    } finally {
      writing.unlock();
    }
  }

  /** For what whoever does not own the store may add to it; gives no numbers. */
  <T> T writeUnowned(Work<T> work) throws StoreException {
    try {
      return backend.write(work);
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

  @Override
  public void close() {
    writing.lock();
    try {
      ownership.close();
    } finally {
      writing.unlock();
    }
  }
}
