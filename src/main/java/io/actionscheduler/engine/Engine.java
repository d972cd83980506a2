package io.actionscheduler.engine;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.engine.clock.Alarm;
import io.actionscheduler.engine.clock.EngineLoop;
import io.actionscheduler.engine.clock.NextRing;
import io.actionscheduler.engine.clock.Timetable;
import io.actionscheduler.engine.intake.ActionSync;
import io.actionscheduler.engine.intake.Actions;
import io.actionscheduler.engine.intake.Edits;
import io.actionscheduler.engine.intake.Intake;
import io.actionscheduler.engine.intake.IntakeParts;
import io.actionscheduler.engine.intake.ReplacedStore;
import io.actionscheduler.engine.intake.SourceStart;
import io.actionscheduler.engine.intake.StartStages;
import io.actionscheduler.engine.intake.StoredFirst;
import io.actionscheduler.engine.intake.StoredStart;
import io.actionscheduler.engine.intake.SyncPlan;
import io.actionscheduler.engine.record.FireLog;
import io.actionscheduler.engine.record.Recorder;
import io.actionscheduler.engine.record.RunHistory;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.engine.run.Backlog;
import io.actionscheduler.engine.run.Callbacks;
import io.actionscheduler.engine.run.DeadLetters;
import io.actionscheduler.engine.run.Decisions;
import io.actionscheduler.engine.run.FirePath;
import io.actionscheduler.engine.run.LongRuns;
import io.actionscheduler.engine.run.Settlement;
import io.actionscheduler.engine.target.NamedCallback;
import io.actionscheduler.fire.ContradictorySchedule;
import io.actionscheduler.fire.DecidedBacklog;
import io.actionscheduler.fire.LateStarts;
import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.fire.RunListener;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Fires actions on time. The timetable finds the schedules that are due, {@link FirePath} delivers
 * the fires to their callbacks, and the recorder stores the progress of each action. Thread-safe.
 */
public final class Engine implements ActionSync.Changes, AutoCloseable {
  // After the shutdown time-out, for a record that is being written at that moment.
  private static final Duration LAST_WRITE = Duration.ofMillis(500);
  private final EngineSettings settings;
  private final Store store;
  private final NextRing ring;
  private final EngineLoop loop;
  private final Timetable<ActionProgress> timetable;
  private final FireLog log = new FireLog();
  private final Recorder<ActionProgress> recorder;
  private final RunHistory history;
  private final Callbacks callbacks = new Callbacks();
  private final DeadLetters deadLetters = new DeadLetters(callbacks);
  private final LateStarts lateStarts;
  private final LongRuns longRuns;
  private final FirePath path;
  private final Actions actions;
  private final Edits edits;
  private final Backlog backlog;
  private final Intake intake;
  private final CallbackChanges callbackChanges;
  private final List<StoredFirst> beginning = new ArrayList<>();
  private final FaultyActions faulty = new FaultyActions();
  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private boolean stopping;
  private volatile boolean recordsLost;

  /** Calls {@code broken} on a defect after which the engine cannot continue. */
  public Engine(
      EngineSettings settings,
      Store store,
      Alarm alarm,
      InstantSource clock,
      Consumer<Throwable> broken) {
    this.settings = requireNonNull(settings, "settings is null");
    this.store = requireNonNull(store, "store is null");
    this.ring = new NextRing(alarm);
    this.loop = new EngineLoop(clock, this::afterEachStep, broken);
    MissedFires missedFires = new MissedFires(settings.catchUpMax());
    this.recorder = new Recorder<>(store, loop, this::stored);
    this.history = new RunHistory(recorder::add, settings.failuresOnly());
    this.lateStarts = new LateStarts(clock.instant());
    Decisions decisions =
        new Decisions(missedFires, settings.calendars(), loop.timers(), lateStarts);
    Settlement settlement = new Settlement(recorder, history, log, deadLetters, decisions);
    this.longRuns = new LongRuns(callbacks, recorder.unfinished(), loop.timers());
    this.path = new FirePath(decisions, loop, callbacks, settlement, longRuns, new Watcher());
    this.timetable = new Timetable<>(path::fault);
    this.actions = new Actions(timetable, path, recorder.furthest());
    this.edits = new Edits(actions, settlement, recorder, history);
    this.backlog = new Backlog(settings.holdBacklog(), loop.timers(), path);
    IntakeParts parts = new IntakeParts(actions, edits, path, settlement, recorder, backlog);
    this.intake = new Intake(parts, callbacks, missedFires);
    Users users = new Users(actions, deadLetters);
    this.callbackChanges =
        new CallbackChanges(
            loop, callbacks, path, intake, users, one -> one.sentWhile(store::isOwned));
    settings.callbacks().forEach(callbackChanges::begin);
    new ReplacedStore(actions, deadLetters, longRuns, recorder).watch(store, loop);
    ring.calls(() -> loop.post(this::wake));
  }

  private final class Watcher implements FirePath.Watcher {
    @Override
    public void attempted(ActionProgress progress, Instant now) {
      edits.attempted(progress, now);
    }

    @Override
    public void faulty(ActionProgress progress, ContradictorySchedule why) {
      faulty.add(progress, why);
    }
  }

  /** Calls {@code listener} for every run that ends; to be set before the first {@link #begin}. */
  public void tell(RunListener listener) {
    loop.post(now -> history.tell(listener));
  }

  /**
   * Begins with the actions of one source, from the progress that earlier runs stored. Called once
   * for each source, at any time. Reads their stored progress before it returns, so it is called on
   * a thread that may wait; the engine continues meanwhile.
   *
   * @throws StoreException when the store cannot be read: then nothing has begun
   */
  public StartStages begin(SourceStart start) throws StoreException {
    StoredStart stored = StoredStart.read(start, callbacks, store);
    StoredFirst storedFirst = new StoredFirst();
    loop.post(
        now -> {
          beginning.add(storedFirst);
          intake.begin(stored, storedFirst, loop);
        });
    return storedFirst.beginning();
  }

  @Override
  public CompletableFuture<Void> apply(SyncPlan plan, SourceStart.Readings readings) {
    StoredFirst storedFirst = new StoredFirst();
    loop.post(
        now -> {
          intake.apply(plan, readings, storedFirst, now);
          beginning.add(storedFirst);
        });
    return storedFirst.beginning().stored();
  }

  /** The wall clock stepped by {@code step}: skipped times are missed, and nothing fires twice. */
  public void clockStepped(Duration step) {
    loop.post(
        now -> {
          ClockStep.tell(step, now);
          if (step.isNegative()) {
            timetable.restart(now);
            setBack(step.negated());
          }
          wake(now);
        });
  }

  /** Moments that are waited for move back with the clock, so that no wait becomes longer. */
  private void setBack(Duration step) {
    loop.timers().setBack(step);
    actions.clockSetBack(step);
    deadLetters.clockSetBack(step);
    backlog.clockSetBack(step);
    recorder.clockSetBack(step);
    callbacks.all().forEach(callback -> callback.clockSetBack(step));
  }

  /** The state of the engine now. */
  public CompletableFuture<Status> status() {
    return loop.ask(
        now -> Status.of(actions, timetable, callbacks, recorder, backlog, log.delivered()));
  }

  /** Which fires start late. */
  public LateStarts lateStarts() {
    return lateStarts;
  }

  /** The missed fires that wait for an operator, in the order in which they were found. */
  public CompletableFuture<List<HeldFires>> backlog() {
    return loop.ask(now -> backlog.held().stream().flatMap(HeldFires::of).toList());
  }

  /** Has stored decisions hold; gives back those on fires that are held. */
  public CompletableFuture<List<DecidedBacklog>> decide(List<DecidedBacklog> decisions) {
    return loop.ask(now -> backlog.decide(decisions, now));
  }

  /** Up to when each of {@code ids} is settled; none where no progress is after {@code now}. */
  public CompletableFuture<Map<ActionId, Instant>> ahead(Collection<ActionId> ids, Instant now) {
    return actions.ahead(ids, now, loop);
  }

  /** The actions that fire next, soonest first, {@code most} at most. */
  public CompletableFuture<List<Upcoming>> upcoming(int most) {
    return loop.ask(now -> Upcoming.of(timetable, settings.calendars(), most));
  }

  /**
   * A place among the calls that {@code callback} handles at a time, for a fire by hand. Completes
   * once one is free, with what gives it back; never while the engine stops.
   */
  public CompletableFuture<Runnable> place(String callback) {
    CompletableFuture<Runnable> place = new CompletableFuture<>();
    loop.post(now -> callbacks.named(callback).lend(place));
    return place;
  }

  /** Changes the callbacks while the engine runs. */
  public CallbackChanges callbackChanges() {
    return callbackChanges;
  }

  /** Starts no more fires from now on; from any thread. */
  public void stop() {
    loop.post(
        now -> {
          stopping = true;
          callbacks.all().forEach(NamedCallback::stop);
        });
  }

  /** As {@link #stop}, but cuts off what runs and records no more: another owner continues. */
  public void drop() {
    stop();
    idle.complete(null); // nothing is waited for
    loop.post(now -> callbacks.all().forEach(NamedCallback::close));
  }

  /**
   * Starts no more fires, waits until the running ones have ended and are recorded, at most for the
   * shutdown time-out, and ends its threads. Unsettled fires are caught up at the next start.
   *
   * @throws InterruptedException when the calling thread is interrupted while it waits
   */
  @Override
  public void close() throws InterruptedException {
    stop();
    Shutdown shutdown = new Shutdown(settings.shutdownTimeout(), idle, loop, callbacks, recorder);
    shutdown.await(path::ended);
    loop.close(); // first: a step may still set the alarm
    ring.close();
    recorder.close(LAST_WRITE);
    callbacks.all().forEach(NamedCallback::close);
    recordsLost = shutdown.lostRecords();
  }

  /** Whether, when this was closed, some records could not be written to the store. */
  public boolean hasLostRecords() {
    return recordsLost;
  }

  private void wake(Instant now) {
    ring.over();
    timetable.takeDue(now, progress -> path.ring(progress, now));
    loop.timers().doDue(now);
  }

  private void stored(ActionProgress progress, Instant now) {
    actions.schedule(progress, now);
  }

  private void afterEachStep(Instant now) {
    if (recorder.isFailing()) {
      beginning.forEach(one -> one.storeFails(progress -> actions.schedule(progress, now)));
    }
    faulty.leave(timetable);
    path.pump(now);
    longRuns.watch(now);
    log.tell();
    recorder.flush(now);
    beginning.removeIf(StoredFirst::isOver);
    if (stopping && recorder.isClean() && callbacks.areIdle()) {
      idle.complete(null);
    }
    // During a stop as well: writing to a store that failed is tried again then.
    ring.setFor(timetable.nextAt(), loop.timers().nextAt());
  }
}
