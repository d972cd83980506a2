package io.actionscheduler.engine;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.fire.RunListener;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires actions on time: the timetable tells what is due, the dispatcher what becomes of it, the
 * outlets deliver it and the recorder keeps how far each action is.
 */
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final EngineSettings settings;
  private final Store store;
  private final Alarm alarm;
  private final Loop loop;
  private final Timetable timetable = new Timetable();
  private final Tally tally = new Tally();
  private final Recorder recorder;
  private final History history;
  private final Dispatcher dispatcher;
  private final Map<String, Outlet> outlets = new LinkedHashMap<>();
  private final Lanes lanes;
  private final Edits edits;
  private final Intake intake;

  private final List<Beginning> beginnings = new ArrayList<>();
  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private Instant alarmAt; // null while none is set
  private boolean stopping;

  /**
   * @param broken is told of a defect that the engine cannot go on from
   */
  public Engine(
      EngineSettings settings,
      Store store,
      Alarm alarm,
      InstantSource clock,
      Consumer<Throwable> broken) {
    this.settings = requireNonNull(settings, "settings is null");
    this.store = requireNonNull(store, "store is null");
    this.alarm = requireNonNull(alarm, "alarm is null");
    this.loop = new Loop(clock, this::afterEachStep, broken);
    MissedFires missedFires = new MissedFires(settings.catchUpMax());
    this.recorder = new Recorder(store, loop, this::kept);
    this.history = new History(recorder, settings.failuresOnly());
    Settlement settlement = new Settlement(recorder, history, tally);
    this.dispatcher = new Dispatcher(missedFires, loop.agenda(), settlement, this::attempted);
    settings.outlets().forEach(outlet -> outlets.put(outlet.name(), outlet(outlet)));
    linkDeadLetters();
    this.lanes = new Lanes(outlets, timetable, dispatcher, recorder);
    this.edits = new Edits(lanes, timetable, dispatcher, settlement, recorder, history);
    this.intake = new Intake(lanes, edits, recorder, missedFires);
    alarm.onRing(() -> loop.post(this::wake));
  }

  /** Has {@code listener} told of every run that ends; to be called before anything begins. */
  public void tell(RunListener listener) {
    loop.post(now -> history.tell(listener));
  }

  /**
   * Begins with the actions of one source, where earlier runs left off; once for each source, at
   * any time. Completes once the progress of every one is on disk and all of them are scheduled;
   * exceptionally when the store cannot be read: then nothing has begun.
   */
  public CompletableFuture<Void> begin(Opening opening) {
    Beginning beginning = new Beginning();
    loop.post(
        now -> {
          try {
            intake.begin(opening, store::readAll, now).forEach(lane -> begin(lane, beginning, now));
            beginnings.add(beginning);
          } catch (StoreException e) {
            intake.dropAll(opening);
            beginning.ready().completeExceptionally(e);
          }
        });
    return beginning.ready();
  }

  private void begin(Lane lane, Beginning beginning, Instant now) {
    if (lane.state == Lane.State.NEW) {
      beginning.await(lane);
    } else {
      lanes.schedule(lane, now);
    }
  }

  /** Takes what a source changed; completes once the progress of what was added is on disk. */
  CompletableFuture<Void> apply(SyncPlan plan, Instant readAt, Instant previousReadAt) {
    Beginning beginning = new Beginning();
    loop.post(
        now -> {
          intake.apply(plan, readAt, previousReadAt, now);
          plan.added().forEach(action -> lanes.each(action.id(), beginning::await));
          beginnings.add(beginning);
        });
    return beginning.ready();
  }

  /** The wall clock stepped by {@code step}; what was skipped is missed, nothing fires twice. */
  public void clockStepped(Duration step) {
    loop.post(
        now -> {
          if (step.isNegative()) {
            LOG.warn(
                "the clock stepped back by {} s to {}: nothing fires again, actions are silent"
                    + " until the time that they had reached",
                step.negated().toMillis() / 1000.0,
                now);
            timetable.restart(now);
            setBack(step.negated());
          } else {
            LOG.warn(
                "the clock stepped forward by {} s to {}: what lies between was missed",
                step.toMillis() / 1000.0,
                now);
          }
          alarmAt = null;
          wake(now);
        });
  }

  /** Waits are lengths of time: none becomes longer for the clock. */
  private void setBack(Duration step) {
    loop.agenda().setBack(step);
    lanes.clockSetBack(step);
    recorder.clockSetBack(step);
    outlets.values().forEach(outlet -> outlet.clockSetBack(step));
  }

  /** How things stand now. */
  public CompletableFuture<Status> status() {
    return loop.ask(
        now ->
            new Status(
                lanes.actions(),
                timetable.schedules(),
                timetable.nextAt(),
                tally.delivered(),
                outlets.values().stream().mapToInt(Outlet::waiting).sum(),
                outlets.values().stream().mapToInt(Outlet::running).sum(),
                recorder.unrecorded(),
                outlets.values().stream().filter(Outlet::isAway).map(Outlet::name).toList(),
                recorder.isFailing()));
  }

  /** The actions that fire next, soonest first, {@code most} at most. */
  public CompletableFuture<List<Upcoming>> upcoming(int most) {
    return loop.ask(now -> lanes.upcoming(most));
  }

  /** Starts nothing more from now on, whatever is closed before this; from any thread. */
  public void stop() {
    loop.post(
        now -> {
          stopping = true;
          outlets.values().forEach(Outlet::stop);
        });
  }

  /**
   * Starts nothing more, waits for what is under way and until it is recorded, at most the shutdown
   * time-out, and ends its threads. What was not settled is caught up at the next start.
   */
  @Override
  public void close() throws InterruptedException {
    stop();
    if (!isIdleWithin(settings.shutdownTimeout())) {
      LOG.warn(
          "stopping with fires still under way after {} s (shutdown_timeout); they are delivered"
              + " again at the next start",
          settings.shutdownTimeout().toSeconds());
      cutOff();
    }
    alarm.close();
    loop.close();
    recorder.close(settings.shutdownTimeout());
    outlets.values().forEach(Outlet::close);
  }

  /** Interrupts what is under way, so that it is known as attempted, with unknown outcome. */
  private void cutOff() throws InterruptedException {
    outlets.values().forEach(Outlet::close);
    if (!isIdleWithin(LAST_WORDS)) {
      LOG.warn(
          "a callback does not heed interrupts, or the store takes no records; going all the"
              + " same");
      // What it has confirmed so far is recorded, the rest is tried again under its own id.
      loop.post(now -> outlets.values().forEach(outlet -> outlet.giveUp(now)));
      isIdleWithin(LAST_WORDS);
    }
  }

  private boolean isIdleWithin(Duration time) throws InterruptedException {
    try {
      idle.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // idle is only ever completed
    }
  }

  private Outlet outlet(OutletSettings outlet) {
    Recall recall = new Recall(outlet.callback(), history, recorder, loop);
    return new Outlet(outlet, dispatcher, recall, loop);
  }

  private void linkDeadLetters() {
    for (Outlet outlet : outlets.values()) {
      outlet.settings().deadLetter().map(outlets::get).ifPresent(outlet::handDeadLettersTo);
    }
  }

  private void wake(Instant now) {
    alarmAt = null;
    timetable.takeDue(now, slot -> slot.forEach(lane -> dispatcher.ring(lane, now)));
    loop.agenda().doDue(now);
  }

  private void kept(Lane lane, Instant now) {
    lanes.schedule(lane, now);
  }

  private void attempted(Lane lane, Instant now) {
    edits.attempted(lane, now);
  }

  private void afterEachStep(Instant now) {
    outlets.values().forEach(outlet -> outlet.pump(now));
    tally.tell();
    recorder.flush(now);
    beginnings.removeIf(Beginning::isOver);
    if (stopping) {
      if (recorder.isClean() && outlets.values().stream().allMatch(o -> o.running() == 0)) {
        idle.complete(null);
      }
    }
    setAlarm(); // a store that fails is written to again, in a stop as well
  }

  private void setAlarm() {
    Instant next = earliest(timetable.nextAt(), loop.agenda().nextAt());
    if (next != null && !next.equals(alarmAt)) {
      alarmAt = next;
      alarm.set(next);
    }
  }

  private static Instant earliest(Optional<Instant> a, Optional<Instant> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.or(() -> b).orElse(null);
    }
    return a.get().isBefore(b.get()) ? a.get() : b.get();
  }
}
