package io.actionscheduler.store;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.BacklogHold;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.DecidedBacklog;
import io.actionscheduler.fire.KeptAnswer;
import io.actionscheduler.fire.KeptBulk;
import io.actionscheduler.fire.Outage;
import io.actionscheduler.fire.PastOutage;
import io.actionscheduler.fire.ReloadRequest;
import io.actionscheduler.fire.Session;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Verified;
import io.actionscheduler.schedule.ZoneLaw;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** What a store in a database keeps beside fires: who did what, and when it ran. */
abstract class DatabaseNotes implements Store {
  final Backend backend;
  final Interned schedules = new Interned("scheduler_schedule", 2, "cron", "zone");
  final Interned callbacks = new Interned("scheduler_callback", 1, "name");
  final Interned policies = new Interned("scheduler_policy", 1, "policy");
  final Transactions transactions;

  // What this owner stored last: another database that takes the place of this one lacks it.
  private volatile List<Outage> outages = List.of();
  private volatile Optional<Session> session = Optional.empty();
  private volatile BacklogHold hold; // null while none was stored

  DatabaseNotes(Backend backend) {
    this.backend = requireNonNull(backend, "backend is null");
    this.transactions = new Transactions(backend, List.of(schedules, callbacks, policies));
  }

  final void requireTables(Handle handle) throws SQLException {
    if (!backend.schema().isReady(handle, backend)) {
      throw new Schema.WrongSchema("it has no tables yet; start the scheduler once", false);
    }
  }

  /** A new owner has stored nothing yet. */
  final void forgetNotes() {
    outages = List.of();
    session = Optional.empty();
    hold = null;
  }

  /** Writes what this owner stored last. */
  final void writeNotes(Handle handle) {
    OutageTable.keep(handle, outages, SessionTable.lastSeen(handle));
    session.ifPresent(last -> SessionTable.save(handle, last));
    Optional.ofNullable(hold).ifPresent(last -> BacklogTable.keep(handle, Optional.of(last)));
  }

  /** Writes what needs no ownership, as it touches nothing that an owner knows of. */
  private void writeUnowned(Consumer<Handle> work) throws StoreException {
    transactions.writeUnowned(
        handle -> {
          requireTables(handle);
          work.accept(handle);
          return handle;
        });
  }

  @Override
  public boolean isPartOfTransaction() {
    return backend.isJoining();
  }

  @Override
  public void addChanges(Collection<Change> changes) throws StoreException {
    writeUnowned(handle -> ChangeTable.add(handle, changes));
  }

  @Override
  public List<Change> changes(Optional<ActionId> action, long before, int most)
      throws StoreException {
    return transactions.read(
        List.<Change>of(), handle -> ChangeTable.read(handle, action, before, most));
  }

  @Override
  public Optional<KeptAnswer> answer(String client, String key, Instant since)
      throws StoreException {
    return transactions.read(
        Optional.empty(), handle -> RequestTable.find(handle, client, key, since));
  }

  @Override
  public void keepAnswer(KeptAnswer answer, Instant dropped) throws StoreException {
    writeUnowned(handle -> RequestTable.keep(handle, answer, dropped));
  }

  @Override
  public void dropAnswer(String client, String key) throws StoreException {
    writeUnowned(handle -> RequestTable.drop(handle, client, key));
  }

  @Override
  public void keepSession(Session session) throws StoreException {
    transactions.run(handle -> SessionTable.save(handle, session));
    this.session = Optional.of(session);
  }

  @Override
  public Optional<Session> sessionBefore(Instant at) throws StoreException {
    return transactions.read(Optional.empty(), handle -> SessionTable.before(handle, at));
  }

  @Override
  public Optional<Session> sessionAfter(Instant at) throws StoreException {
    return transactions.read(Optional.empty(), handle -> SessionTable.after(handle, at));
  }

  @Override
  public List<Outage> outages() throws StoreException {
    return transactions.read(List.of(), OutageTable::read);
  }

  @Override
  public void keepOutages(Collection<Outage> now, Instant at) throws StoreException {
    transactions.run(handle -> OutageTable.keep(handle, now, at));
    this.outages = List.copyOf(now);
  }

  @Override
  public void keepBulk(KeptBulk bulk) throws StoreException {
    writeUnowned(handle -> BulkTable.save(handle, bulk));
  }

  @Override
  public Optional<KeptBulk> bulk(String id) throws StoreException {
    return transactions.read(Optional.empty(), handle -> BulkTable.find(handle, id));
  }

  @Override
  public Optional<PastOutage> outage(String callback, Instant from, Instant to)
      throws StoreException {
    return transactions.read(
        Optional.empty(), handle -> OutageTable.find(handle, callback, from, to));
  }

  @Override
  public Optional<Verified> lastVerified() throws StoreException {
    return transactions.read(Optional.empty(), VerifiedTable::read);
  }

  @Override
  public void keepVerified(Verified verified) throws StoreException {
    transactions.run(handle -> VerifiedTable.save(handle, verified));
  }

  @Override
  public Map<String, ZoneLaw> zoneLaws() throws StoreException {
    return transactions.read(Map.of(), ZoneLawTable::read);
  }

  @Override
  public void keepZoneLaws(Map<String, ZoneLaw> laws) throws StoreException {
    transactions.run(handle -> ZoneLawTable.save(handle, laws));
  }

  @Override
  public void keepHold(Optional<BacklogHold> hold) throws StoreException {
    writeUnowned(handle -> BacklogTable.keep(handle, hold));
    this.hold = hold.orElse(null);
  }

  @Override
  public Optional<BacklogHold> hold() throws StoreException {
    return transactions.read(Optional.empty(), BacklogTable::hold);
  }

  @Override
  public void keepDecisions(Collection<DecidedBacklog> decisions, Collection<Change> changes)
      throws StoreException {
    transactions.writeUnowned(
        handle -> {
          requireTables(handle);
          BacklogTable.keep(handle, decisions);
          ChangeTable.add(handle, changes);
          return decisions;
        });
  }

  @Override
  public Stamp decisionsStamp() throws StoreException {
    return transactions.read(new Stamp(0, Instant.EPOCH), BacklogTable::stamp);
  }

  @Override
  public void keepReload(ReloadRequest request) throws StoreException {
    writeUnowned(handle -> ReloadTable.keep(handle, request));
  }

  @Override
  public Optional<ReloadRequest> reload() throws StoreException {
    return transactions.read(Optional.empty(), ReloadTable::read);
  }

  @Override
  public List<DecidedBacklog> decisions() throws StoreException {
    return transactions.read(List.of(), BacklogTable::decisions);
  }
}
