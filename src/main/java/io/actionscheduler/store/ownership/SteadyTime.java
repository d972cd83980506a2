package io.actionscheduler.store.ownership;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Time that no setting of the clock moves, and that continues while the machine is suspended: the
 * JDK's {@link System#nanoTime} stands still then on Linux, and an owner that woke up would take
 * its lease for young. Where the kernel does not tell how long it has been up, it is nanoTime.
 */
final class SteadyTime {
  /** It is asked for before every batch of fires, and a look is a file that is read. */
  private static final long LOOK_EVERY = 10_000_000;

  private static final Path UPTIME = Path.of("/proc/uptime");

  private final LongSupplier awake;
  private final Supplier<OptionalLong> uptime;
  private final long offset;
  private volatile long lookedAt;
  private volatile long suspended;

  /** Of this machine. */
  SteadyTime() {
    this(System::nanoTime, SteadyTime::uptime);
  }

  /**
   * @param awake nanoseconds, not counting those suspended
   * @param uptime nanoseconds, counting those suspended; empty where they cannot be had
   */
  SteadyTime(LongSupplier awake, Supplier<OptionalLong> uptime) {
    this.awake = awake;
    this.uptime = uptime;
    long now = awake.getAsLong();
    this.lookedAt = now;
    this.offset = uptime.get().orElse(now) - now;
  }

  /** Nanoseconds from an arbitrary origin; only differences mean something. */
  long nanos() {
    long now = awake.getAsLong();
    if (now - lookedAt >= LOOK_EVERY) {
      lookedAt = now;
      OptionalLong up = uptime.get();
      if (up.isPresent()) {
        suspended = Math.max(0, up.getAsLong() - now - offset);
      }
    }
    return now + suspended;
  }

  private static OptionalLong uptime() {
    try {
      String text = Files.readString(UPTIME, StandardCharsets.US_ASCII); // "12345.67 8910.11"
      double seconds = Double.parseDouble(text.substring(0, text.indexOf(' ')));
      return OptionalLong.of((long) (seconds * 1e9));
    } catch (IOException | RuntimeException noSuchFileHere) {
      return OptionalLong.empty();
    }
  }
}
