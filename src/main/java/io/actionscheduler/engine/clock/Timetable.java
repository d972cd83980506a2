package io.actionscheduler.engine.clock;

import io.actionscheduler.fire.CheckedTimes;
import io.actionscheduler.fire.ContradictorySchedule;
import io.actionscheduler.schedule.Micros;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Finds the schedule that fires next. Entries with the same schedule share one place, so that the
 * work in each second grows with the number of schedules that are due; a schedule that fires much
 * later costs one entry in a heap. Confined to the engine's thread.
 */
public final class Timetable<E extends Timetable.Entry> {
  private final Map<Timing, SharedSchedule<E>> schedules = new HashMap<>();
  private final PriorityQueue<SharedSchedule<E>> byTime = new PriorityQueue<>();
  private final BiConsumer<E, ContradictorySchedule> faulty;
  private int emptied; // schedules in the heap that no longer have entries

  /** An entry of a timetable; it knows its place, so that it is removed without a search. */
  public abstract static class Entry {
    SharedSchedule<?> schedule; // null when it is in no timetable
    int place;

    public final boolean isInTimetable() {
      return schedule != null;
    }

    /**
     * The first time of {@code timing} strictly after {@code after}, or empty for none. Where this
     * is in the timetable with that timing, entries that share it share the answer, too.
     *
     * @param after in microseconds since 1970
     * @throws ContradictorySchedule when the schedule gives no sound answer
     */
    protected final Optional<Instant> nextTime(Timing timing, long after) {
      return schedule != null && timing.equals(schedule.timing)
          ? schedule.next(after)
          : CheckedTimes.next(timing, Micros.instant(after));
    }
  }

  /**
   * @param faulty called for each entry that was removed because its schedule contradicts itself or
   *     fires too often
   */
  public Timetable(BiConsumer<E, ContradictorySchedule> faulty) {
    this.faulty = faulty;
  }

  /**
   * Adds {@code entry} with {@code timing}, whose next time is the one after {@code now}.
   *
   * @throws ContradictorySchedule when the schedule gives no sound answer; the entry is not added
   */
  public void add(E entry, Timing timing, Instant now) {
    SharedSchedule<E> shared = schedules.get(timing);
    if (shared == null) {
      shared = new SharedSchedule<>(timing);
      CheckedTimes.next(timing, now).ifPresent(next -> CheckedTimes.requireRare(timing, next));
      queue(shared, now);
      schedules.put(timing, shared);
    }
    shared.add(entry);
  }

  /** Removes {@code entry}; does nothing when it is not in here. */
  public void remove(Entry entry) {
    SharedSchedule<?> shared = entry.schedule;
    if (shared == null) {
      return;
    }
    shared.remove(entry);
    if (shared.isEmpty()) {
      schedules.remove(shared.timing);
      if (shared.nextAt.isPresent() && ++emptied > byTime.size() / 2) {
        byTime.removeIf(SharedSchedule::isEmpty);
        emptied = 0;
      }
    }
  }

  /** When the next schedule fires, or empty when none will. */
  public Optional<Instant> nextAt() {
    while (!byTime.isEmpty() && byTime.peek().isEmpty()) {
      byTime.poll();
      emptied--;
    }
    return byTime.isEmpty() ? Optional.empty() : byTime.peek().nextAt;
  }

  /**
   * Hands over every entry whose schedule fires at or before {@code now}, and moves the schedules
   * on to their next times.
   *
   * @param each may neither add nor remove entries
   */
  public void takeDue(Instant now, Consumer<E> each) {
    while (!byTime.isEmpty() && !byTime.peek().nextAt.orElseThrow().isAfter(now)) {
      SharedSchedule<E> shared = byTime.poll();
      if (shared.isEmpty()) {
        emptied--;
      } else if (moveOn(shared, now)) { // times in between are found by each entry's own progress
        shared.forEach(each);
      }
    }
  }

  /** Computes every next time again, after the clock was set back to {@code now}. */
  public void restart(Instant now) {
    byTime.clear();
    emptied = 0;
    for (SharedSchedule<E> shared : new ArrayList<>(schedules.values())) {
      moveOn(shared, now);
    }
  }

  /**
   * Hands over the entries whose schedules fire next, soonest first, {@code most} of each schedule,
   * for as long as {@code each} asks for more: in time that grows with the number of schedules, and
   * not with that of entries.
   */
  public void soonest(int most, BiPredicate<Instant, List<E>> each) {
    PriorityQueue<SharedSchedule<E>> soonest = new PriorityQueue<>(byTime);
    boolean more = true;
    while (more && !soonest.isEmpty()) {
      SharedSchedule<E> shared = soonest.poll();
      more = shared.isEmpty() || each.test(shared.nextAt.orElseThrow(), shared.first(most));
    }
  }

  /** How many distinct schedules there are. */
  public int schedules() {
    return schedules.size();
  }

  private boolean moveOn(SharedSchedule<E> shared, Instant now) {
    try {
      queue(shared, now);
      return true;
    } catch (ContradictorySchedule e) {
      shared.nextAt = Optional.empty();
      List<E> all = new ArrayList<>();
      shared.forEach(all::add);
      all.forEach(this::remove);
      all.forEach(entry -> faulty.accept(entry, e));
      return false;
    }
  }

  private void queue(SharedSchedule<E> shared, Instant now) {
    shared.nextAt = CheckedTimes.next(shared.timing, now);
    if (shared.nextAt.isPresent()) {
      byTime.add(shared);
    }
  }
}
