package io.actionscheduler.engine.target;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.engine.clock.EngineLoop;
import io.actionscheduler.fire.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One named callback: what waits for it, how many batches it handles at a time, and whether its
 * target is available. It decides when fires may be handed to the callback, not which ones.
 * Confined to the engine's thread, except for the calls of the callback itself.
 */
public final class NamedCallback<F> {
  // With one call at a time, a batch of late fires must not delay those on time for long.
  private static final int LATE_BATCH = 1_000;

  private final EngineLoop loop;
  private final Consumer<Instant> mayGoOn;
  private final ExecutorService threads;
  private final Availability availability;
  private final WaitingQueue<F> waiting = new WaitingQueue<>();
  private final Set<Batch<F>> underWay = new HashSet<>();
  private final LentPlaces lent;
  private InUse inUse;
  private int lateUnderWay;
  private final WakeUp wakeUp;
  private boolean stopped;
  private Batch<F> probe; // finds out whether the target is available again; null for none

  /**
   * @param mayGoOn called when fires may be handed over although nothing else happened: a probe is
   *     due, or the rate allows more
   */
  public NamedCallback(
      NamedCallbackSettings settings, EngineLoop loop, Consumer<NamedCallback<F>> mayGoOn) {
    this.inUse = new InUse(settings, loop);
    this.loop = loop;
    this.mayGoOn = now -> mayGoOn.accept(this);
    this.wakeUp = new WakeUp(loop.timers(), this.mayGoOn);
    this.threads = CallbackThreads.of(settings.name());
    this.availability = new Availability(settings.name());
    this.lent = new LentPlaces(loop, () -> !stopped && (inUse.isReplaced() || hasPlace()));
  }

  public String name() {
    return inUse.settings().name();
  }

  public NamedCallbackSettings settings() {
    return inUse.settings();
  }

  /** How many calls are under way. */
  public int running() {
    return inUse.memory().isAsking() ? 1 : underWay.size();
  }

  /** Whether the callback has fires now. */
  public boolean hasBatches() {
    return !underWay.isEmpty();
  }

  /** The batches that the callback has now. */
  public Collection<Batch<F>> underWay() {
    return underWay;
  }

  /** Calls that may be under way at the same time. */
  public int concurrency() {
    return inUse.callback().concurrency();
  }

  public int waiting() {
    return waiting.size();
  }

  public boolean isAvailable() {
    return availability.isAvailable();
  }

  /** How its target is unavailable; empty while it is available. */
  public Optional<Outage> outage() {
    return availability.outage();
  }

  /** Queues a fire that is on time or in retry. */
  public void queue(F firing) {
    waiting.add(firing);
  }

  /**
   * Queues a late fire.
   *
   * @param expiresAt {@link Instant#MAX} for never
   */
  public void queueLate(F firing, Instant expiresAt, Instant scheduledAt) {
    waiting.addLate(firing, expiresAt, scheduledAt);
  }

  /** Whether a full batch waits: it is delivered while the rest of a large burst is queued. */
  public boolean hasWholeBatch() {
    return waiting.onTime() >= inUse.callback().batchSize();
  }

  /** The scheduled time up to which the target says that it has the fires of {@code action}. */
  public Optional<Instant> settledUntil(ActionId action) {
    return inUse.memory().settledUntil(action);
  }

  private boolean hasPlace() {
    return !stopped
        && !inUse.isReplaced()
        && underWay.size() + lent.size() < inUse.callback().concurrency();
  }

  /**
   * Lends one of the places that bound the calls under way, for a fire that somebody else delivers;
   * it comes before what is queued here.
   *
   * @param place completed as soon as there is one, with what gives it back; never after a stop
   */
  public void lend(CompletableFuture<Runnable> place) {
    lent.ask(place);
  }

  /** How many places are lent. */
  public int lent() {
    return lent.size();
  }

  /** How many fires the callback may be handed now, and from which queue. */
  public Turn turn(Instant now) {
    if (!hasPlace() || waiting.size() == 0) {
      return Turn.NONE;
    }
    if (!inUse.memory().isKnown()) {
      ask(now);
      return Turn.NONE;
    }
    if (!availability.isAvailable()) {
      return probe != null || now.isBefore(availability.probeAt())
          ? Turn.NONE
          : new Turn(1, isLateProbed(), true);
    }
    return waiting.onTime() > 0
        ? new Turn(inUse.callback().batchSize(), false, false)
        : lateTurn(now);
  }

  // Probes alternate between the queues: a fire that times out at each probe may stay the first.
  private boolean isLateProbed() {
    return waiting.onTime() == 0 || availability.isOdd() && waiting.late() > 0;
  }

  private Turn lateTurn(Instant now) {
    // The other slots are reserved for fires on time.
    int slots = Math.max(1, inUse.callback().concurrency() / 2);
    if (lateUnderWay >= slots) {
      return Turn.NONE;
    }
    int most = Math.min(inUse.callback().batchSize(), LATE_BATCH);
    int allowed = inUse.rate().allowed(now, Math.min(most, waiting.late()));
    if (allowed == 0) {
      wakeUp.at(inUse.rate().nextAt(now));
      return Turn.NONE;
    }
    return new Turn(allowed, true, false);
  }

  /** An empty batch for {@code turn}. */
  public Batch<F> batch(Turn turn) {
    return new Batch<>(turn, Math.min(turn.most(), left(turn)));
  }

  /** How many wait in the queue that {@code turn} names. */
  public int left(Turn turn) {
    return turn.late() ? waiting.late() : waiting.onTime();
  }

  /** Removes the next one from the queue that {@code turn} names, which must not be empty. */
  public F take(Turn turn) {
    return turn.late() ? waiting.takeLate() : waiting.takeOnTime();
  }

  /**
   * Hands {@code batch} to the callback.
   *
   * @param ended called once, on the engine's thread, when the callback has finished
   */
  public void deliver(Batch<F> batch, BiConsumer<Batch<F>, Instant> ended) {
    underWay.add(batch);
    if (batch.turn().probe()) {
      probe = batch;
    } else if (batch.turn().late()) {
      inUse.rate().used(batch.size());
    }
    lateUnderWay += batch.turn().late() ? 1 : 0;
    inUse.call(batch, batch.close(), threads, now -> end(batch, ended, now));
  }

  /**
   * Hands further fires to the callback of {@code next}; calls under way end where they began.
   *
   * @param next of the same name; neither its callback nor the present one has a memory
   * @return completes, on the engine's thread, once the callback before has no call left
   * @throws IllegalArgumentException when either has a memory
   */
  public CompletableFuture<Void> replace(NamedCallbackSettings next, Instant now) {
    if (next.callback().remembers() || inUse.callback().remembers()) {
      throw new IllegalArgumentException(name() + " remembers what it received");
    }
    InUse before = inUse;
    inUse = new InUse(next, loop);
    availability.probeNow(now);
    lent.lendFree();
    mayGoOn.accept(now);
    return before.replaced();
  }

  /**
   * Hands over no more fires, until {@link #replace}. Fires by hand are bounded no longer.
   *
   * @return completes, on the engine's thread, once the callback has no call left
   */
  public CompletableFuture<Void> retire() {
    CompletableFuture<Void> unused = inUse.replaced();
    lent.lendFree();
    return unused;
  }

  private void end(Batch<F> batch, BiConsumer<Batch<F>, Instant> ended, Instant now) {
    if (!underWay.remove(batch)) {
      return; // a stop gave up waiting for it
    }
    lateUnderWay -= batch.turn().late() ? 1 : 0;
    lent.lendFree();
    boolean probed = batch == probe;
    probe = probed ? null : probe;
    Optional<CallbackException> unreachable = batch.unreachable();
    if (unreachable.isEmpty()) {
      availability.found(now, waiting());
    } else if (!stopped) { // known first: nothing is tried again at once
      lost(unreachable.get(), probed, now);
    }
    mayGoOn.accept(now); // the callback has the next batch while this one is settled
    ended.accept(batch, now);
  }

  /** Stops waiting for batches that are under way: their fires may have reached the target. */
  public void giveUp(BiConsumer<Batch<F>, Instant> ended, Instant now) {
    for (Batch<F> batch : List.copyOf(underWay)) {
      batch.end(Optional.of(new InterruptedException("the scheduler stopped")));
      end(batch, ended, now);
    }
  }

  /** Hands over nothing more; what waits is caught up at the next start. */
  public void stop() {
    stopped = true;
  }

  /** Interrupts the calls under way. Does not close the callback: its creator does that. */
  public void close() {
    threads.shutdownNow();
  }

  private void ask(Instant now) {
    if (availability.isAvailable() || !now.isBefore(availability.probeAt())) {
      inUse
          .memory()
          .ask(
              threads,
              then -> availability.found(then, waiting()),
              (why, then) -> lost(why, true, then));
    }
  }

  private void lost(CallbackException why, boolean probed, Instant now) {
    availability.lost(why, probed, now);
    wakeUp.at(availability.probeAt());
  }

  /** The clock was set back by {@code step}. */
  public void clockSetBack(Duration step) {
    availability.clockSetBack(step);
    wakeUp.clockSetBack(step);
  }
}
