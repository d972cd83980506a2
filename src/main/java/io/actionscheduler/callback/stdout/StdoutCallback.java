package io.actionscheduler.callback.stdout;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Writes a line for each fire: {@code 2023-06-17T23:18:40.011761+03:00 | command2}, the local time
 * at which its batch is written, and the command.
 *
 * <p>Lines are written in chunks of whole lines. A fire is delivered once the write that held its
 * line has returned; when a write fails, the outcome of its fires is unknown, and the fires after
 * it were certainly not delivered.
 */
final class StdoutCallback implements BatchCallback {
  private static final int BATCH = 10_000;

  /**
   * The size of a Linux pipe: with longer chunks the reader waits, shorter ones cost more calls.
   */
  private static final int CHUNK = 1 << 16;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx' | '");

  private final StandardOutput out;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Lines lines = new Lines();
  private volatile boolean closed;

  StdoutCallback(StandardOutput out, InstantSource clock, ZoneId zone) {
    this.out = requireNonNull(out, "out is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.zone = requireNonNull(zone, "zone is null");
  }

  @Override
  public void deliver(List<Delivery> batch, Report report) throws InterruptedException {
    out.lock().lockInterruptibly();
    try {
      byte[] stamp = stamp(clock.instant());
      int from = 0;
      while (from < batch.size() && !closed && !Thread.currentThread().isInterrupted()) {
        int to = fill(stamp, batch, from);
        try {
          out.write(lines);
        } catch (CallbackException e) {
          failed(report, from, to, e);
          failed(report, to, batch.size(), CallbackException.unavailable(e.getMessage(), e));
          return;
        }
        for (int i = from; i < to; i++) {
          report.delivered(i);
        }
        from = to;
      }
      failed(
          report,
          from,
          batch.size(),
          CallbackException.unavailable("stopped before its turn", null));
    } finally {
      lines.clear();
      out.lock().unlock();
    }
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public int concurrency() {
    return 1;
  }

  /** Standard output itself stays open; it belongs to the process. */
  @Override
  public void close() {
    closed = true;
  }

  /** Fills the buffer with whole lines from {@code from} on; gives the first that is not in it. */
  private int fill(byte[] stamp, List<Delivery> batch, int from) {
    lines.clear();
    if (out.isTorn()) {
      lines.addLineEnd();
    }
    int next = from;
    while (next < batch.size() && lines.length() < CHUNK) {
      lines.add(stamp, batch.get(next).action().command());
      next++;
    }
    return next;
  }

  private byte[] stamp(Instant now) {
    return STAMP.format(now.atZone(zone)).getBytes(StandardCharsets.US_ASCII);
  }

  private static void failed(Report report, int from, int to, CallbackException why) {
    for (int i = from; i < to; i++) {
      report.failed(i, why);
    }
  }
}
