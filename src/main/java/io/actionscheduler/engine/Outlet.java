package io.actionscheduler.engine;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
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

  private final Queue<Lane> onTime = new ArrayDeque<>();
  private final PriorityQueue<Waiting> late = new PriorityQueue<>();
  private int running;
  private int lateRunning;
  private Instant pumpAskedFor = Instant.MAX;
  private boolean stopped;
  private Outlet deadLetter; // null for none
  private Away away; // null while the target can be reached
  private Batch probe; // what feels for a target that is away, or null

  Outlet(OutletSettings settings, Dispatcher dispatcher, Recall recall, Loop loop) {
    this.settings = settings;
    this.callback = settings.callback();
    this.dispatcher = dispatcher;
    this.recall = recall;
    this.loop = loop;
    this.threads = CallbackThreads.of(settings.name(), callback.concurrency());
    this.rate = new Rate(settings.catchUpRate());
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
    return recall.isAsking() ? 1 : running;
  }

  /** Calls that may be under way at the same time. */
  int concurrency() {
    return callback.concurrency();
  }

  int waiting() {
    return onTime.size() + late.size();
  }

  boolean isAway() {
    return away != null;
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
    while (!stopped && running < callback.concurrency() && waiting() > 0) {
      if (!recall.isDone()) {
        ask(now);
        return;
      }
      if (away != null) {
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
    if (away == null || !now.isBefore(away.probeAt())) {
      recall.ask(threads, this::answered, (why, then) -> stayAway(why, true, then));
    }
  }

  private void answered(Instant now) {
    if (away != null) {
      cameBack(now);
    }
  }

  private void probe(Instant now) {
    if (probe != null || now.isBefore(away.probeAt())) {
      return;
    }
    Optional<Batch> batch = onTime.isEmpty() ? gatherLate(1, now) : gather(onTime, 1, now);
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
    running++;
    lateRunning += batch.late ? 1 : 0;
    threads.execute(
        () -> {
          try {
            callback.deliver(batch.deliveries, batch);
            batch.end(Optional.empty());
          } catch (InterruptedException | RuntimeException | Error e) {
            batch.end(Optional.of(e));
            LOG.debug("callback {} threw", name(), e);
          }
          loop.post(now -> done(batch, now));
        });
  }

  private void done(Batch batch, Instant now) {
    running--;
    lateRunning -= batch.late ? 1 : 0;
    CallbackException unreachable = null;
    for (int i = 0; i < batch.size(); i++) {
      Lane lane = batch.lanes.get(i);
      Optional<CallbackException> failure = batch.failure(i);
      if (failure.isEmpty()) {
        dispatcher.delivered(lane, batch.deliveries.get(i), batch.output(i), now);
      } else {
        dispatcher.failed(lane, batch.deliveries.get(i), failure.get(), now);
        unreachable = failure.get().kind() == Kind.AWAY ? failure.get() : unreachable;
      }
    }
    if (unreachable == null && away != null) {
      cameBack(now);
    } else if (unreachable != null && !stopped) {
      stayAway(unreachable, batch == probe, now);
    }
    if (batch == probe) {
      probe = null;
    }
  }

  private void stayAway(CallbackException why, boolean probed, Instant now) {
    if (away == null) {
      away = new Away(now);
      LOG.warn(
          "callback {} is away, its fires wait while it is tried again and again: {}",
          name(),
          why.getMessage());
    } else if (probed) { // others were on their way when it went
      away.stillAway(now);
      LOG.debug("callback {} is still away: {}", name(), why.getMessage());
    }
    askToPump(away.probeAt());
  }

  private void cameBack(Instant now) {
    LOG.info(
        "callback {} is back after {} s: {} actions waited",
        name(),
        Duration.between(away.since, now).toSeconds(),
        waiting());
    away = null;
  }

  /** The clock was set back by {@code step}. */
  void clockSetBack(Duration step) {
    if (away != null) {
      away.setBack(step);
    }
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
