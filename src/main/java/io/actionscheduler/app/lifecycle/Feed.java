package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.engine.Engine;
import io.actionscheduler.engine.intake.ActionSync;
import io.actionscheduler.engine.intake.Replanned;
import io.actionscheduler.engine.intake.SourceStart;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.engine.intake.StartStages;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.source.Notifications;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one source and its changes, on its own thread: a slow or unavailable source does not delay
 * the others.
 */
final class Feed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  /** Between two looks at written rows: a look costs as much for a hundred rows as for one. */
  private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Sources.Entry entry;
  private final ActionSync sync;
  private final Engine engine;
  private final Readiness start;
  private final Runnable afterEach;
  private final Exit exit;
  private final ScheduledExecutorService thread;
  private volatile long lookedAt = System.nanoTime() - BREATH_NANOS; // at written rows
  private volatile Runnable lookSoon = () -> {}; // before the source has begun
  private volatile Notifications notifications; // null where the source sends no notifications

  /**
   * @param afterEach runs after each read
   */
  Feed(
      Sources.Entry entry,
      ActionSync sync,
      Engine engine,
      Readiness start,
      Runnable afterEach,
      Exit exit) {
    this.entry = requireNonNull(entry, "entry is null");
    this.sync = requireNonNull(sync, "sync is null");
    this.engine = requireNonNull(engine, "engine is null");
    this.start = requireNonNull(start, "start is null");
    this.afterEach = requireNonNull(afterEach, "afterEach is null");
    this.exit = requireNonNull(exit, "exit is null");
    this.thread = Daemons.timer("source-" + name());
  }

  /** Schedules the actions of the source as soon as it can be read, then applies its changes. */
  void start() {
    thread.execute(exit.guarded("reading source " + name(), this::begin));
  }

  private void begin() {
    try {
      WaitAtStart patience = new WaitAtStart(exit);
      if (patience.untilBegun(this::open, entry.isFirst(), () -> start.unavailable(name()))) {
        start.begun(name());
        follow();
      }
    } catch (SourceException | StoreException e) { // it does not pass by itself
      exit.refuse(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped meanwhile
    } catch (RejectedExecutionException e) {
      LOG.debug("source {}: stopped while it began", name());
    }
  }

  private boolean open() throws SourceException, StoreException, InterruptedException {
    SourceStart opening = entry.opener().open(sync);
    if (!begun(opening)) {
      return false;
    }
    if (start.isReady()) {
      LOG.info("source {} is available: {} actions", name(), opening.actions().size());
    }
    return true;
  }

  /** Waits until everything is scheduled; false when the program was asked to stop meanwhile. */
  private boolean begun(SourceStart opening) throws InterruptedException, StoreException {
    StartStages beginning = engine.begin(opening);
    sync.begun(beginning.stored());
    try {
      CompletableFuture.anyOf(beginning.scheduled(), exit.asked()).get();
      return beginning.scheduled().isDone();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void follow() {
    Runnable look =
        exit.guarded(
            "reading changed actions",
            () -> {
              sync.poll(engine);
              afterEach.run();
            });
    lookSoon = () -> runIn(0, look);
    long period = entry.period().toMillis();
    thread.execute(exit.guarded("storing the snapshot", sync::keepOpening));
    thread.scheduleWithFixedDelay(look, period, period, TimeUnit.MILLISECONDS);
    Runnable lookAtWritten = exit.guarded("reading written rows", this::lookAtWritten);
    entry
        .written()
        .onWrite(() -> runIn(lookedAt + BREATH_NANOS - System.nanoTime(), lookAtWritten));
    notifications =
        entry.telling().map(database -> Notifications.listen(database, lookSoon)).orElse(null);
    if (thread.isShutdown()) {
      stopListening(); // closed meanwhile
    }
  }

  private void runIn(long nanos, Runnable work) {
    try {
      thread.schedule(work, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // Stopped meanwhile: the next start reads all rows again.
    }
  }

  /** Reads the source soon, on its own thread; nothing before it has begun. */
  void readSoon() {
    lookSoon.run();
  }

  /** The state of the source; from any thread. */
  SourceStatus status() {
    return sync.status();
  }

  /** Reads the rows that this program wrote, all that are waiting at once. */
  private void lookAtWritten() {
    SortedSet<ActionId> ids = entry.written().take();
    if (!ids.isEmpty()) {
      sync.look(engine, ids);
      lookedAt = System.nanoTime();
    }
  }

  /** The actions in force, once they are there. */
  CompletableFuture<List<Action>> actions() {
    return onThread(sync::actions);
  }

  /**
   * Reschedules the actions in zones whose laws changed.
   *
   * @return the number of actions that fire at other times now
   */
  CompletableFuture<List<Replanned>> lawChanged() {
    return onThread(() -> sync.lawChanged(engine));
  }

  private <T> CompletableFuture<List<T>> onThread(Supplier<List<T>> work) {
    CompletableFuture<List<T>> done = new CompletableFuture<>();
    try {
      thread.execute(
          exit.guarded(
              "rescheduling the actions of source " + name(), () -> done.complete(work.get())));
    } catch (RejectedExecutionException e) {
      done.complete(List.of()); // stopped meanwhile
    }
    return done;
  }

  private String name() {
    return entry.source().name();
  }

  private void stopListening() {
    if (notifications != null) {
      notifications.close();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    stopListening();
  }
}
