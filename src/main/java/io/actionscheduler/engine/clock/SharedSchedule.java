package io.actionscheduler.engine.clock;

import io.actionscheduler.fire.CheckedTimes;
import io.actionscheduler.schedule.Micros;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** All entries of the timetable that share one schedule, and when it fires next. */
final class SharedSchedule<E extends Timetable.Entry> implements Comparable<SharedSchedule<E>> {
  final Timing timing;

  /** When it fires next; empty when it never fires again. */
  Optional<Instant> nextAt = Optional.empty();

  private Timetable.Entry[] entries = new Timetable.Entry[1]; // most schedules of a date have one
  private int size;

  // The last answer: entries of one schedule stand at the same time, and ask the same.
  private long askedAfter = Long.MIN_VALUE; // microseconds; no question is asked with this one
  private Optional<Instant> answer = Optional.empty();

  SharedSchedule(Timing timing) {
    this.timing = timing;
  }

  /** As {@link CheckedTimes#next}, after so many microseconds since 1970. */
  Optional<Instant> next(long after) {
    if (after != askedAfter) {
      Optional<Instant> next = CheckedTimes.next(timing, Micros.instant(after));
      answer = next.equals(nextAt) ? nextAt : next; // usually: one object instead of two
      askedAfter = after;
    }
    return answer;
  }

  void add(E entry) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, size + 1 + (size >> 1));
    }
    entry.schedule = this;
    entry.place = size;
    entries[size++] = entry;
  }

  void remove(Timetable.Entry entry) {
    Timetable.Entry last = entries[--size];
    entries[entry.place] = last;
    last.place = entry.place;
    entries[size] = null;
    entry.schedule = null;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Hands over each entry; none may be added or removed meanwhile. */
  @SuppressWarnings("unchecked") // only add() puts entries in
  void forEach(Consumer<E> each) {
    for (int i = 0; i < size; i++) {
      each.accept((E) entries[i]);
    }
  }

  /** Some entries, {@code most} at most. */
  List<E> first(int most) {
    List<E> first = new ArrayList<>();
    forEach(
        entry -> {
          if (first.size() < most) {
            first.add(entry);
          }
        });
    return first;
  }

  @Override
  public int compareTo(SharedSchedule<E> other) {
    return nextAt.orElseThrow().compareTo(other.nextAt.orElseThrow());
  }
}
