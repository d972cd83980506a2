package io.actionscheduler.events;

import io.actionscheduler.concurrent.Daemons;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to the receivers of the settings, in the form of Standard Webhooks. Each receiver
 * has its own queue in memory: one that is unavailable or slow delays no other, and no fire.
 */
public final class Webhooks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

  private final ScheduledExecutorService timers = Daemons.timer("webhooks");
  private final HttpTransport transport;
  private final List<Outbox> outboxes;

  public Webhooks(List<Receiver> receivers, InstantSource clock) {
    int most = receivers.stream().mapToInt(one -> one.limits().maxConcurrent()).sum();
    this.transport = new HttpTransport(clock, Math.max(1, most));
    this.outboxes = outboxes(receivers, transport);
  }

  private List<Outbox> outboxes(List<Receiver> receivers, Transport transport) {
    return receivers.stream()
        .map(receiver -> new Outbox(receiver, transport, this::after, System::nanoTime))
        .toList();
  }

  /** Whether the settings have no receiver. */
  public boolean isEmpty() {
    return outboxes.isEmpty();
  }

  /** Queues an event for each receiver that wants it; returns at once. */
  public void tell(Event event) {
    outboxes.forEach(outbox -> outbox.offer(event));
  }

  /** The state of every receiver, in the order of the settings. */
  public List<Standing> standings() {
    return outboxes.stream().map(Outbox::standing).toList();
  }

  private void after(Duration delay, Runnable work) {
    try {
      timers.schedule(() -> run(work), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed meanwhile");
    }
  }

  private static void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) { // the executor would not log it
      LOG.error("a defect while sending events", e);
    }
  }

  /** Stops sending; the number of events that were not delivered is logged. */
  @Override
  public void close() {
    timers.shutdownNow();
    for (Outbox outbox : outboxes) {
      int left = outbox.close();
      if (left > 0) {
        LOG.warn(
            "webhook {}: events not delivered, and dropped as the scheduler stops: {}",
            outbox.name(),
            left);
      }
    }
    transport.close();
  }
}
