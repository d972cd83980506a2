package io.actionscheduler.source.rest;

import io.actionscheduler.concurrent.Backoff;
import io.actionscheduler.concurrent.Daemons;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends reports one after the other, on its own thread, and repeats them while the service is
 * unavailable. The latest ones wait meanwhile; dropped ones are counted and logged.
 */
final class Postman<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
  private static final int ROOM = 100_000;
  private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
  private static final long BETWEEN_REFUSALS_NANOS = Duration.ofMinutes(1).toNanos();

  private final String label;
  private final Sending<T> sending;
  private final Duration patience;
  private final Outbox<T> outbox = new Outbox<>(ROOM);
  private final Thread thread;

  // The thread's own.
  private long unavailableSince; // by nanoTime; 0: not unavailable
  private long refused; // not logged yet
  private long refusalTold;

  /** Sends one. */
  @FunctionalInterface
  interface Sending<T> {
    Answer send(T one) throws ServiceFault, InterruptedException;
  }

  /**
   * @param label the name of this work in messages
   * @param patience how long closing waits for what is not sent yet
   */
  Postman(String label, Sending<T> sending, Duration patience) {
    this.label = label;
    this.sending = sending;
    this.patience = patience;
    this.thread = Daemons.named("report").newThread(this::run);
    thread.start();
  }

  /** Returns at once. */
  void post(T one) {
    outbox.put(one);
  }

  private void run() {
    try {
      for (Optional<T> next = outbox.take(); next.isPresent(); next = outbox.take()) {
        deliver(next.get());
      }
    } catch (InterruptedException e) {
      LOG.debug("{}: given up while stopping", label);
    }
  }

  private void deliver(T one) throws InterruptedException {
    Duration pause = PAUSES.first();
    for (Optional<String> fault = send(one); fault.isPresent(); fault = send(one)) {
      unavailable(fault.get());
      if (outbox.awaitClosed(pause.toMillis())) {
        outbox.drop(1); // no time is left to try again
        outbox.clear();
        return;
      }
      pause = PAUSES.next(pause);
    }
    back();
  }

  /** Why one could not be sent now; empty when it was, or was refused permanently. */
  private Optional<String> send(T one) throws InterruptedException {
    try {
      Answer answer = sending.send(one);
      if (!answer.isSuccess() && answer.mayPass()) {
        return Optional.of(answer.shown());
      }
      if (!answer.isSuccess()) {
        refused(answer.shown());
      }
      return Optional.empty();
    } catch (ServiceFault e) {
      return Optional.of(e.getMessage());
    }
  }

  private void unavailable(String why) {
    if (unavailableSince == 0) {
      unavailableSince = System.nanoTime();
      LOG.warn("{}: reports wait, the latest {} of them at most: {}", label, ROOM, why);
    }
  }

  private void back() {
    if (unavailableSince != 0) {
      LOG.info(
          "{}: reports go out again after {} s; {} were dropped",
          label,
          Duration.ofNanos(System.nanoTime() - unavailableSince).toSeconds(),
          outbox.takeDropped());
      unavailableSince = 0;
    }
  }

  /** Logged once a minute at most: an entry that was removed there may still run often here. */
  private void refused(String why) {
    refused++;
    long now = System.nanoTime();
    if (refusalTold == 0 || now - refusalTold > BETWEEN_REFUSALS_NANOS) {
      LOG.warn("{}: {} reports were refused and dropped, the latest: {}", label, refused, why);
      refusalTold = now;
      refused = 0;
    }
  }

  /** Sends what is left, until one fails or the time is over. */
  @Override
  public void close() throws InterruptedException {
    outbox.close();
    thread.join(Math.max(1, patience.toMillis()));
    thread.interrupt();
    thread.join(1_000);
    outbox.clear();
    long dropped = outbox.takeDropped() + refused;
    if (dropped > 0) {
      LOG.warn("{}: {} reports were not taken and are dropped", label, dropped);
    }
  }
}
