package io.actionscheduler.store;

import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The table {@code scheduler_history_block}: the range of scheduled times in each block of the
 * history, so that a search by time skips the other blocks.
 */
final class HistoryBlocks {
  /** A block holds two to this power of numbers; the scripts of the schema use the same value. */
  static final int BITS = 14;

  /** Numbers from {@code low} to {@code high}, both included. */
  record Window(long low, long high) {}

  private record Times(long first, long last) {}

  private HistoryBlocks() {}

  /** The block of a record. */
  static long of(long number) {
    return number >> BITS;
  }

  /** The last number that a record of {@code block} can have. */
  static long last(long block) {
    return ((block + 1) << BITS) - 1;
  }

  /** Updates the blocks for records that were added, with numbers from {@code first} on. */
  static void extend(Handle handle, long first, List<Run> runs) {
    int from = 0;
    while (from < runs.size()) {
      long block = of(first + from);
      int to = (int) Math.min(runs.size(), last(block) - first + 1);
      extendOne(handle, block, runs.subList(from, to));
      from = to;
    }
  }

  private static void extendOne(Handle handle, long block, List<Run> runs) {
    long earliest = Long.MAX_VALUE;
    long latest = Long.MIN_VALUE;
    for (Run run : runs) {
      earliest = Math.min(earliest, Micros.of(run.fires().first()));
      latest = Math.max(latest, Micros.of(run.fires().last()));
    }
    handle
        .createUpdate(
            """
            INSERT INTO scheduler_history_block (block, first_at, last_at)
            VALUES (:block, :first, :last)
            ON CONFLICT (block) DO UPDATE SET
              first_at = CASE WHEN excluded.first_at < scheduler_history_block.first_at
                THEN excluded.first_at ELSE scheduler_history_block.first_at END,
              last_at = CASE WHEN excluded.last_at > scheduler_history_block.last_at
                THEN excluded.last_at ELSE scheduler_history_block.last_at END
            """)
        .bind("block", block)
        .bind("first", earliest)
        .bind("last", latest)
        .execute();
  }

  /** Removes the blocks whose numbers are all below {@code end}. */
  static void drop(Handle handle, long end) {
    handle
        .createUpdate("DELETE FROM scheduler_history_block WHERE block < :block")
        .bind("block", of(end))
        .execute();
  }

  /**
   * The parts of {@code all} that may hold records scheduled at or after {@code from} and before
   * {@code to}, in ascending order.
   */
  static List<Window> between(
      Handle handle, Window all, Optional<Instant> from, Optional<Instant> to) {
    if (from.isEmpty() && to.isEmpty()) {
      return List.of(all);
    }
    long earliest = from.map(Micros::of).orElse(Long.MIN_VALUE);
    long latest = to.map(Micros::of).orElse(Long.MAX_VALUE);
    Map<Long, Times> known = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT block, first_at, last_at FROM scheduler_history_block
            WHERE block BETWEEN :low AND :high
            """)
        .bind("low", of(all.low()))
        .bind("high", of(all.high()))
        .map((row, context) -> known.put(row.getLong(1), new Times(row.getLong(2), row.getLong(3))))
        .list();
    List<Window> windows = new ArrayList<>();
    for (long block = of(all.low()); block <= of(all.high()); block++) {
      Times times = known.get(block);
      if (times == null || times.last() >= earliest && times.first() < latest) {
        long low = Math.max(all.low(), block << BITS);
        long high = Math.min(all.high(), last(block));
        int last = windows.size() - 1;
        if (last >= 0 && windows.get(last).high() == low - 1) {
          windows.set(last, new Window(windows.get(last).low(), high));
        } else {
          windows.add(new Window(low, high));
        }
      }
    }
    return windows;
  }
}
