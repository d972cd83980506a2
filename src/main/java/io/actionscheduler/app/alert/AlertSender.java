package io.actionscheduler.app.alert;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.fire.Fire;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts to one callback, in order, on a thread of its own, so that a callback that hangs or
 * is unavailable delays no other. An alert is tried again for as long as the callback is
 * unavailable. When a thousand alerts wait, each further one replaces the oldest, which is logged.
 */
final class AlertSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertSender.class);
  private static final int MOST_WAITING = 1_000;
  private static final int MOST_TRIES = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(2); // at a stop
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final String name;
  private final InstantSource clock;
  private BatchCallback callback; // guarded by this
  private final List<BatchCallback> replaced = new ArrayList<>(); // guarded by this
  private final Deque<Fire> waiting = new ArrayDeque<>(); // guarded by this
  private boolean closing; // guarded by this
  private final Thread thread;

  /**
   * @param name of the callback
   * @param callback is closed with this, or when another one replaces it
   */
  AlertSender(String name, BatchCallback callback, InstantSource clock) {
    this.name = requireNonNull(name, "name is null");
    this.callback = requireNonNull(callback, "callback is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.thread = Daemons.named("alerts to " + name).newThread(this::work);
    thread.start();
  }

  /**
   * Sends to {@code next} from now on, what waits as well; an attempt that is under way ends where
   * it began. Returns at once.
   */
  synchronized void use(BatchCallback next) {
    replaced.add(callback);
    callback = next;
    notifyAll();
  }

  /** The one to attempt now. Closes those before it, which have no call left. */
  private synchronized BatchCallback current() {
    replaced.forEach(this::close);
    replaced.clear();
    return callback;
  }

  private void close(BatchCallback unused) {
    try {
      unused.close();
    } catch (RuntimeException e) { // from the code of a user's callback
      LOG.warn("callback {} could not be closed: {}", name, e.toString());
    }
  }

  /** Waits, but no longer than until another callback is used. */
  private synchronized void pause(Duration time) throws InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toMillis(); left > 0 && replaced.isEmpty(); ) {
      wait(left);
      left = (until - System.nanoTime()) / 1_000_000;
    }
  }

  /** Returns at once. */
  synchronized void send(Fire alert) {
    if (closing) {
      return;
    }
    if (waiting.size() == MOST_WAITING) {
      LOG.warn(
          "callback {} takes no alerts, and {} wait: the oldest is dropped: {}",
          name,
          MOST_WAITING,
          waiting.removeFirst().action().name());
    }
    waiting.addLast(alert);
    notifyAll();
  }

  private void work() {
    try {
      for (Fire alert = next(); alert != null; alert = next()) {
        deliver(alert);
      }
    } catch (InterruptedException e) {
      // closed; close() logs what was not sent
    }
  }

  /** The next alert, which stays in the queue until it is sent; null when this is closed. */
  private synchronized Fire next() throws InterruptedException {
    while (waiting.isEmpty() && !closing) {
      wait();
      current(); // closes what was replaced while nothing was sent
    }
    return waiting.peekFirst();
  }

  private void deliver(Fire alert) throws InterruptedException {
    Duration wait = FIRST_WAIT;
    int refusals = 0;
    for (int attempt = 1; ; attempt++) {
      Optional<CallbackException> failure = attempt(alert, attempt);
      if (failure.isEmpty()) {
        break;
      }
      CallbackException why = failure.get();
      refusals += why.kind() == Kind.UNAVAILABLE ? 0 : 1;
      if (why.kind() == Kind.PERMANENT || refusals == MOST_TRIES) {
        LOG.error(
            "callback {} does not take the alert \"{}\": {}; it is dropped after {} attempts",
            name,
            alert.action().name(),
            why.getMessage(),
            attempt);
        break;
      }
      if (attempt == 1) {
        LOG.warn(
            "callback {} did not take the alert \"{}\", which is tried again: {}",
            name,
            alert.action().name(),
            why.getMessage());
      }
      pause(why.retryAfter().orElse(wait));
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
    synchronized (this) {
      waiting.remove(alert); // unless it was dropped meanwhile
    }
  }

  private Optional<CallbackException> attempt(Fire alert, int attempt) throws InterruptedException {
    Outcome outcome = new Outcome();
    try {
      current().deliver(List.of(new Delivery(alert, attempt, clock.instant())), outcome);
    } catch (RuntimeException e) { // from the code of a user's callback
      return Optional.of(CallbackException.refusedUnknown(e.toString(), e));
    }
    return outcome.failure;
  }

  /** What a callback reports on the one fire of a batch. */
  private static final class Outcome implements Report {
    private volatile Optional<CallbackException> failure =
        Optional.of(CallbackException.refusedUnknown("the callback did not report on it", null));

    @Override
    public void delivered(int index) {
      failure = Optional.empty();
    }

    @Override
    public void delivered(int index, String output) {
      failure = Optional.empty();
    }

    @Override
    public void failed(int index, CallbackException why) {
      failure = Optional.of(why);
    }
  }

  /** Sends waiting alerts for two seconds at most, then logs how many were not sent. */
  @Override
  public void close() {
    tellUnsent(name, end());
  }

  /** Logs that these were not sent to that callback. */
  static void tellUnsent(String name, List<Fire> unsent) {
    if (!unsent.isEmpty()) {
      LOG.warn(
          "{} alerts were not sent to callback {}, the first: {}",
          unsent.size(),
          name,
          unsent.get(0).action().name());
    }
  }

  /** Sends waiting alerts for two seconds at most, and gives those that were not sent. */
  List<Fire> end() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    synchronized (this) {
      close(current());
      return List.copyOf(waiting);
    }
  }
}
