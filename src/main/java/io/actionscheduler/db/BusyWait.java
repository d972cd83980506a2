package io.actionscheduler.db;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.BusyHandler;

/**
 * Waits for another program's lock of a SQLite file: for a bounded time, and not any longer once
 * the file is being closed, so that a stop waits for nobody. SQLite's own wait cannot be ended.
 */
final class BusyWait extends BusyHandler {
  private static final long FIRST_MILLIS = 1;
  private static final long MOST_MILLIS = 50;

  private static final Duration STANDARD = Duration.ofSeconds(10);
  private static final Pattern SET = Pattern.compile("busy_timeout=(\\d{1,12})");

  private final Duration most;
  private final BooleanSupplier closing;
  private long began; // System.nanoTime() of the wait under way
  private volatile boolean waits;

  private BusyWait(Duration most, BooleanSupplier closing) {
    this.most = most;
    this.closing = closing;
  }

  /**
   * For a connection, as long as its address says, or 10 s.
   *
   * @param closing whether the file is being closed; asked from the waiting thread
   */
  static BusyWait of(String url, BooleanSupplier closing) {
    Matcher set = SET.matcher(url);
    return new BusyWait(
        set.find() ? Duration.ofMillis(Long.parseLong(set.group(1))) : STANDARD, closing);
  }

  /** Waits a little and asks for another try (not 0), or gives up (0). */
  @Override
  protected int callback(int triesBefore) {
    if (triesBefore == 0) {
      began = System.nanoTime();
    }
    if (closing.getAsBoolean() || System.nanoTime() - began >= most.toNanos()) {
      return 0;
    }
    waits = true;
    sleep(Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(triesBefore, 10)));
    waits = false;
    return 1;
  }

  /** Whether it waits at this moment; may be asked from any thread. */
  boolean waits() {
    return waits;
  }

  // An interrupt does not end the wait: it would leave a transaction unfinished.
  private static void sleep(long millis) {
    boolean interrupted = Thread.interrupted();
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
