package io.actionscheduler.engine.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Work that has to be done at a given moment. Confined to the engine's thread. */
public final class Timers {
  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long added;

  private record Entry(Instant at, long order, Consumer<Instant> work)
      implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = at.compareTo(other.at);
      return byTime == 0 ? Long.compare(order, other.order) : byTime;
    }
  }

  /** Runs {@code work} at {@code at} or soon after, with the moment at which it runs. */
  public void add(Instant at, Consumer<Instant> work) {
    entries.add(new Entry(at, added++, work));
  }

  public Optional<Instant> nextAt() {
    return Optional.ofNullable(entries.peek()).map(Entry::at);
  }

  /**
   * The clock was set back by {@code step}: all moments move back, so that no wait becomes longer.
   */
  public void setBack(Duration step) {
    List<Entry> all = new ArrayList<>(entries);
    entries.clear();
    all.forEach(entry -> entries.add(new Entry(entry.at.minus(step), entry.order, entry.work)));
  }

  /** Runs everything that is due at {@code now}, in order. */
  public void doDue(Instant now) {
    while (!entries.isEmpty() && !entries.peek().at.isAfter(now)) {
      entries.poll().work.accept(now);
    }
  }
}
