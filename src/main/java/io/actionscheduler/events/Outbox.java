package io.actionscheduler.events;

import io.actionscheduler.concurrent.Backoff;
import io.actionscheduler.events.Waiting.Letter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events for one receiver. No call waits: events are queued, the oldest are dropped when the
 * queue is full, and each reply sends the next. Thread-safe.
 */
final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final Backoff PROBES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
  private static final Backoff RETRIES = new Backoff(Duration.ofSeconds(5), Duration.ofHours(1));

  private final Receiver receiver;
  private final Transport transport;
  private final Timer timer;
  private final LongSupplier nanoTime;
  private final Waiting waiting = new Waiting();
  private Standing.State state = Standing.State.OK;
  private String problem = "";
  private boolean isDropping; // logged once, until an event is taken and half the queue is free
  private Duration probeDelay = PROBES.first();
  private long probeAt;
  private int inFlight;
  private long delivered;
  private long dropped;
  private boolean isClosed;

  /** Runs something later. */
  @FunctionalInterface
  interface Timer {
    void after(Duration delay, Runnable work);
  }

  Outbox(Receiver receiver, Transport transport, Timer timer, LongSupplier nanoTime) {
    this.receiver = receiver;
    this.transport = transport;
    this.timer = timer;
    this.nanoTime = nanoTime;
  }

  /** Queues an event, if the receiver wants it. */
  synchronized void offer(Event event) {
    if (isClosed || !receiver.wants(event)) {
      return;
    }
    if (state == Standing.State.DISABLED) {
      dropped++;
      return;
    }
    waiting.addLast(Letter.of(event, nanoTime.getAsLong()));
    keepWithinBounds();
    pump();
  }

  private void keepWithinBounds() {
    while (waiting.size() > receiver.limits().queue()) {
      waiting.dropOldest();
      drop(receiver.limits().queue() + " events wait, which is the most that may");
    }
  }

  /** Counts a dropped event. Only the first is logged, until events are taken again. */
  private void drop(String why) {
    dropped++;
    if (!isDropping) {
      isDropping = true;
      LOG.warn("{}: the oldest events are dropped: {}", receiver, why);
    }
  }

  /** Sends all that may be sent now; a reply or a timer calls it again. */
  private synchronized void pump() {
    long now = nanoTime.getAsLong();
    boolean probing = state == Standing.State.UNAVAILABLE;
    if (isClosed || state == Standing.State.DISABLED || probing && probeAt - now > 0) {
      return;
    }
    int most = probing ? 1 : receiver.limits().maxConcurrent();
    while (inFlight < most) {
      Optional<Letter> letter = nextInTime(now);
      if (letter.isEmpty()) {
        break;
      }
      send(letter.get());
    }
  }

  private Optional<Letter> nextInTime(long now) {
    Optional<Letter> letter = waiting.next(now);
    while (letter.isPresent() && isTooOld(letter.get(), now)) {
      drop("not taken within " + receiver.limits().giveUpAfter().toSeconds() + " s");
      letter = waiting.next(now);
    }
    return letter;
  }

  private boolean isTooOld(Letter letter, long now) {
    return now - letter.born() > receiver.limits().giveUpAfter().toNanos();
  }

  private void send(Letter letter) {
    inFlight++;
    CompletableFuture<Reply> sent;
    try {
      sent = transport.send(receiver, letter.event());
    } catch (RuntimeException e) {
      Throwable fault = e;
      sent = CompletableFuture.supplyAsync(() -> defect(fault)); // not within this call
    }
    sent.exceptionally(this::defect)
        .thenAccept(reply -> ended(letter, reply))
        .exceptionally(
            defect -> {
              LOG.error("{}: a defect after sending an event", receiver, defect);
              return null;
            });
  }

  /** The event waits as a refused one does. */
  private Reply defect(Throwable fault) {
    LOG.error("{}: a defect while sending an event", receiver, fault);
    return new Reply(Reply.Kind.REFUSED, fault.toString(), Duration.ZERO);
  }

  private synchronized void ended(Letter letter, Reply reply) {
    inFlight--;
    if (isClosed) {
      return; // close() has counted it as not delivered
    }
    switch (reply.kind()) {
      case TAKEN -> taken();
      case REFUSED -> refused(letter, reply);
      case UNAVAILABLE -> unavailable(letter, reply);
      case GONE -> gone();
    }
    keepWithinBounds();
    pump();
  }

  private void taken() {
    delivered++;
    if (state == Standing.State.DISABLED) {
      return;
    }
    if (isDropping && waiting.size() <= receiver.limits().queue() / 2) {
      isDropping = false;
      LOG.info("{}: there is room again; events dropped so far: {}", receiver, dropped);
    }
    if (state == Standing.State.UNAVAILABLE) {
      LOG.info("{} is available again; events that wait: {}", receiver, waiting.size());
    } else if (state == Standing.State.REFUSING && waiting.hasRefused()) {
      return;
    } else if (state == Standing.State.REFUSING) {
      LOG.info("{} takes events again", receiver);
    }
    state = Standing.State.OK;
    problem = "";
    probeDelay = PROBES.first();
  }

  private void refused(Letter letter, Reply reply) {
    if (state == Standing.State.DISABLED) {
      dropped++;
      return;
    }
    if (state != Standing.State.REFUSING) {
      LOG.warn(
          "{} did not take event {}: {}; it is sent again later",
          receiver,
          letter.event().id(),
          reply.message());
    }
    state = Standing.State.REFUSING; // also when it was unavailable before: it answers now
    problem = reply.message();
    probeDelay = PROBES.first();
    long now = nanoTime.getAsLong();
    Duration wait = longer(RETRIES.after(letter.attempts() + 1), reply.pause());
    waiting.addLater(letter.refused(now, wait));
    timer.after(wait, this::pump);
  }

  private void unavailable(Letter letter, Reply reply) {
    switch (state) {
      case DISABLED -> {
        dropped++;
        return;
      }
      case UNAVAILABLE -> {
        // At the end of the queue: if this event is the cause, the others must not wait for it.
        waiting.addLast(letter);
        if (probeAt - nanoTime.getAsLong() > 0) {
          return; // it was already under way when the receiver became unavailable
        }
        probeDelay = PROBES.next(probeDelay);
      }
      case OK, REFUSING -> {
        waiting.addFirst(letter);
        LOG.warn("{} is unavailable, its events wait: {}", receiver, reply.message());
      }
    }
    state = Standing.State.UNAVAILABLE;
    problem = reply.message();
    Duration wait = longer(probeDelay, reply.pause());
    probeAt = nanoTime.getAsLong() + wait.toNanos();
    timer.after(wait, this::pump);
  }

  private void gone() {
    if (state == Standing.State.DISABLED) {
      dropped++;
      return;
    }
    state = Standing.State.DISABLED;
    problem = "it answered 410, so it gets no more events; restart the scheduler to try it again";
    dropped += 1L + waiting.size();
    LOG.warn(
        "{} is disabled until the scheduler restarts: it answered 410; events dropped: {}",
        receiver,
        1 + waiting.size());
    waiting.clear();
  }

  /**
   * Sends nothing more.
   *
   * @return how many events were not delivered; those under way may still arrive
   */
  synchronized int close() {
    isClosed = true;
    int left = waiting.size() + inFlight;
    waiting.clear();
    return left;
  }

  String name() {
    return receiver.name();
  }

  synchronized Standing standing() {
    return new Standing(
        receiver.name(), state, problem, waiting.size() + inFlight, delivered, dropped);
  }

  /** The longer of the wait here and the one that a receiver asks for, which is at most an hour. */
  private static Duration longer(Duration own, Duration asked) {
    Duration most = RETRIES.longest();
    Duration bounded = asked.compareTo(most) < 0 ? asked : most;
    return own.compareTo(bounded) > 0 ? own : bounded;
  }
}
