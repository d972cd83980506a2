package io.actionscheduler.app.alert;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.LateStarts;
import io.actionscheduler.fire.Run;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The latest fires that started late, by callback. For one thread. */
final class LateFires {
  private static final Duration MEMORY = Duration.ofMinutes(1);

  private final LateStarts starts;
  private final Map<String, Late> latest = new HashMap<>(); // by callback

  /** The latest fire of a callback that started late. */
  record Late(Run run, Duration by, Duration seenAt) {}

  LateFires(LateStarts starts) {
    this.starts = requireNonNull(starts, "starts is null");
  }

  /**
   * A run ended.
   *
   * @param limit a fire is late if its lateness is above this
   * @param steady now, on a monotonic clock
   */
  void ended(Run run, Duration limit, Duration steady) {
    starts
        .late(run)
        .filter(by -> by.compareTo(limit) > 0)
        .ifPresent(
            by -> latest.put(run.key().callback(), new Late(run.withoutOutput(), by, steady)));
  }

  /**
   * Calls {@code each} with the latest late fire of each callback, and with true if it is less than
   * a minute old at {@code steady}. Older ones are then removed.
   */
  void each(Duration steady, BiConsumer<Late, Boolean> each) {
    latest.values().forEach(late -> each.accept(late, isFresh(late, steady)));
    latest.values().removeIf(late -> !isFresh(late, steady));
  }

  private static boolean isFresh(Late late, Duration steady) {
    return steady.minus(late.seenAt()).compareTo(MEMORY) < 0;
  }

  void clear() {
    latest.clear();
  }
}
