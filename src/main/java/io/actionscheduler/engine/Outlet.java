package io.actionscheduler.engine;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One named callback: which lanes wait for it, how many batches it handles at a time, whether its
 * target is away. Lanes wait, not fires: what a lane delivers is decided when its turn comes.
 * Confined to the engine's thread, but for the calls of the callback itself.
 */
final class Outlet {
  private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

  // Where one call is made at a time, a late batch must not keep fires that are on time for long.
  private static final int LATE_BATCH = 1_000;

  private final OutletSettings settings;
  private final BatchCallback callback;
  private final Dispatcher dispatcher;
  private final Recall recall;
  private final Loop loop;
  private final ExecutorService threads;
  private final Rate rate;
  private final Reach reach;

  private final Queue<Lane> onTime = new ArrayDeque<>();
  private final PriorityQueue<Waiting> late = new PriorityQueue<>();
  private final Set<Batch> underWay = new HashSet<>();
  private int lateRunning;
  private Instant pumpAskedFor = Instant.MAX;
  private boolean stopped;
  private Outlet deadLetter; // null for none
  private Batch probe; // what feels for a target that is away, or null

  Outlet(OutletSettings settings, Dispatcher dispatcher, Recall recall, Loop loop) {
    this.settings = settings;
    this.callback = settings.callback();
    this.dispatcher = dispatcher;
    this.recall = recall;
    this.loop = loop;
    this.threads = CallbackThreads.of(settings.name(), callback.concurrency());
    this.rate = new Rate(settings.catchUpRate());
    this.reach = new Reach(settings.name());
  }

  String name() {
    return settings.name();
  }

  /** Takes {@code outlet} for what fails here for good. */
  void handDeadLettersTo(Outlet outlet) {
    deadLetter = outlet;
  }

  /** Where what failed for good goes, or null for nowhere. */
  Outlet deadLetter() {
    return deadLetter;
  }

  OutletSettings settings() {
    return settings;
  }

  /** Calls under way. */
  int running() {
    return recall.isAsking() ? 1 : underWay.size();
  }

  /** Calls that may be under way at the same time. */
  int concurrency() {
    return callback.concurrency();
  }

  int waiting() {
    return onTime.size() + late.size();
  }

  boolean isAway() {
    return reach.isAway();
  }

  /** Queues a lane whose next fire is on time, or in retry. */
  void offer(Lane lane, Instant now) {
    lane.state = Lane.State.WAITING;
    onTime.add(lane);
    if (onTime.size() >= callback.batchSize()) {
      pump(now); // the first batch of a herd is on its way while the rest is gathered
    }
  }

  /** Queues a lane whose next fire, scheduled at {@code scheduledAt}, is late. */
  void offerLate(Lane lane, Instant scheduledAt) {
    lane.state = Lane.State.WAITING;
    Optional<Duration> actuality = lane.action.policy().missed().actuality();
    late.add(new Waiting(lane, actuality.map(scheduledAt::plus).orElse(Instant.MAX), scheduledAt));
  }

  /** Hands to the callback what it can take now. */
  void pump(Instant now) {
    while (!stopped && underWay.size() < callback.concurrency() && waiting() > 0) {
      if (!recall.isDone()) {
        ask(now);
        return;
      }
      if (reach.isAway()) {
        probe(now);
        return;
      }
      Optional<Batch> batch = onTime.isEmpty() ? takeLate(now) : takeOnTime(callback.batchSize());
      if (batch.isEmpty()) {
        return;
      }
      run(batch.get());
    }
  }

  /** Starts nothing any more; what waits is caught up at the next start. */
  void stop() {
    stopped = true;
  }

  /** Interrupts what is under way; the callback is closed by whoever made it. */
  void close() {
    threads.shutdownNow();
  }

  private void ask(Instant now) {
    if (!reach.isAway() || !now.isBefore(reach.probeAt())) {
      recall.ask(threads, this::answered, (why, then) -> stayAway(why, true, then));
    }
  }

  private void answered(Instant now) {
    reach.found(now, waiting());
  }

  private void probe(Instant now) {
    if (probe != null || now.isBefore(reach.probeAt())) {
      return;
    }
    // In turn: one that hangs each time may be the first of its queue for good.
    boolean fromLate = onTime.isEmpty() || reach.isOdd() && !late.isEmpty();
    Optional<Batch> batch = fromLate ? gatherLate(1, now) : gather(onTime, 1, now);
    if (batch.isPresent()) {
      probe = batch.get();
      run(probe);
    }
  }

  private Optional<Batch> takeOnTime(int most) {
    return gather(onTime, most, loop.now());
  }

  private Optional<Batch> takeLate(Instant now) {
    int slots = Math.max(1, callback.concurrency() / 2); // the others are kept for fires on time
    if (lateRunning >= slots) {
      return Optional.empty();
    }
    int most = Math.min(callback.batchSize(), LATE_BATCH);
    int allowed = rate.allowed(now, Math.min(most, late.size()));
    if (allowed == 0) {
      askToPump(rate.nextAt(now));
      return Optional.empty();
    }
    Optional<Batch> batch = gatherLate(allowed, loop.now());
    batch.ifPresent(taken -> rate.used(taken.size()));
    return batch;
  }

  private Optional<Batch> gather(Queue<Lane> from, int most, Instant now) {
    List<Lane> lanes = new ArrayList<>(Math.min(most, from.size()));
    List<Delivery> deliveries = new ArrayList<>(Math.min(most, from.size()));
    while (deliveries.size() < most && !from.isEmpty()) {
      start(from.poll(), now, lanes, deliveries);
    }
    return deliveries.isEmpty()
        ? Optional.empty()
        : Optional.of(new Batch(lanes, deliveries, false));
  }

  private Optional<Batch> gatherLate(int most, Instant now) {
    List<Lane> lanes = new ArrayList<>();
    List<Delivery> deliveries = new ArrayList<>();
    while (deliveries.size() < most && !late.isEmpty()) {
      start(late.poll().lane(), now, lanes, deliveries);
    }
    return deliveries.isEmpty()
        ? Optional.empty()
        : Optional.of(new Batch(lanes, deliveries, true));
  }

  private void start(Lane lane, Instant now, List<Lane> lanes, List<Delivery> deliveries) {
    if (lane.outlet == this) { // not a dead letter, of which the target's memory says nothing
      recall.join(lane, now);
    }
    dispatcher
        .start(lane, now)
        .ifPresent(
            delivery -> {
              lanes.add(lane);
              deliveries.add(delivery);
            });
  }

  private void run(Batch batch) {
    underWay.add(batch);
    lateRunning += batch.late ? 1 : 0;
    threads.execute(
        () -> {
          try {
            callback.deliver(batch.deliveries, batch);
            batch.end(Optional.empty());
          } catch (Throwable e) { // whatever a callback of somebody's own throws
            batch.end(Optional.of(e));
            LOG.debug("callback {} threw", name(), e);
          }
          loop.post(now -> done(batch, now));
        });
  }

  /** What is still under way is taken for cut off: it may have got through. */
  void giveUp(Instant now) {
    for (Batch batch : List.copyOf(underWay)) {
      batch.end(Optional.of(new InterruptedException("the scheduler stopped")));
      done(batch, now);
    }
  }

  private void done(Batch batch, Instant now) {
    if (!underWay.remove(batch)) {
      return; // it was given up
    }
    lateRunning -= batch.late ? 1 : 0;
    boolean probed = batch == probe;
    Optional<CallbackException> unreachable = batch.unreachable();
    if (unreachable.isPresent() && !stopped) { // known first: nothing is tried again at once
      stayAway(unreachable.get(), probed, now);
    }
    for (int i = 0; i < batch.size(); i++) {
      Lane lane = batch.lanes.get(i);
      Optional<CallbackException> failure = batch.failure(i);
      if (failure.isEmpty()) {
        dispatcher.delivered(lane, batch.deliveries.get(i), batch.output(i), now);
      } else {
        dispatcher.failed(lane, batch.deliveries.get(i), failure.get(), now);
      }
    }
    if (unreachable.isEmpty()) {
      reach.found(now, waiting());
    }
    probe = probed ? null : probe;
  }

  private void stayAway(CallbackException why, boolean probed, Instant now) {
    reach.lost(why, probed, now);
    askToPump(reach.probeAt());
  }

  /** The clock was set back by {@code step}. */
  void clockSetBack(Duration step) {
    reach.clockSetBack(step);
    if (!pumpAskedFor.equals(Instant.MAX)) {
      pumpAskedFor = pumpAskedFor.minus(step);
    }
  }

  private void askToPump(Instant at) {
    if (at.isBefore(pumpAskedFor)) {
      pumpAskedFor = at;
      loop.agenda()
          .add(
              at,
              now -> {
                pumpAskedFor = Instant.MAX;
                pump(now);
              });
    }
  }
}
