package io.actionscheduler.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Intervals of one length with different starts. Their fires are counted together: of a hundred
 * thousand, a minute costs two searches and not a hundred thousand divisions. For one thread.
 */
final class IntervalHerd {
  static final long MINUTE = 60 * Micros.SECOND;

  private final long every;
  private final List<Member> members = new ArrayList<>();

  /** An interval, by its first fire in microseconds since the epoch, and how often it counts. */
  private record Member(long start, int times) {}

  /**
   * @param every microseconds between two fires, more than 0
   */
  IntervalHerd(long every) {
    this.every = every;
  }

  /** Adds an interval of that length, which counts {@code times} times. */
  void add(Interval interval, int times) {
    members.add(new Member(interval.start(), times));
  }

  /** Adds the fires of each minute from {@code begin} on to {@code fires}, an element a minute. */
  void addTo(long begin, long[] fires) {
    long firesOfOne = fires.length * MINUTE / every + 1;
    if (firesOfOne * members.size() <= 2L * fires.length) {
      members.forEach(member -> walk(member, begin, fires));
    } else {
      count(begin, fires);
    }
  }

  private void walk(Member member, long begin, long[] fires) {
    long first = Math.max(member.start() - begin, phase(member, begin));
    for (long at = first; at < fires.length * MINUTE; at += every) {
      fires[(int) (at / MINUTE)] += member.times();
    }
  }

  /**
   * Before the moment q × every + p after {@code begin}, an interval that has begun fires q times,
   * and once more where its first fire after {@code begin} is earlier than p.
   */
  private void count(long begin, long[] fires) {
    long[] phases = new long[members.size()];
    List<Member> byStart = new ArrayList<>(members);
    byStart.sort(Comparator.comparingLong(Member::start));
    for (int i = 0; i < phases.length; i++) {
      phases[i] = phase(byStart.get(i), begin);
    }
    Arrays.sort(phases);
    Begun begun = new Begun(phases);
    int next = 0;
    while (next < byStart.size() && byStart.get(next).start() <= begin) {
      begun.add(phase(byStart.get(next), begin), byStart.get(next++).times());
    }
    for (int minute = 0; minute < fires.length; minute++) {
      long from = minute * MINUTE;
      long to = from + MINUTE;
      fires[minute] += begun.total * (to / every - from / every);
      fires[minute] += begun.earlierThan(to % every) - begun.earlierThan(from % every);
      while (next < byStart.size() && byStart.get(next).start() - begin < to) {
        Member member = byStart.get(next++);
        long first = member.start() - begin;
        fires[minute] += member.times() * ((to - 1 - first) / every + 1);
        begun.add(phase(member, begin), member.times());
      }
    }
  }

  private long phase(Member member, long begin) {
    return Math.floorMod(member.start() - begin, every);
  }

  /** How often the intervals count that have begun, in sums by phase (a Fenwick tree). */
  private static final class Begun {
    private final long[] phases; // in ascending order
    private final long[] sums;
    private long total;

    Begun(long[] phases) {
      this.phases = phases;
      this.sums = new long[phases.length + 1];
    }

    void add(long phase, int times) {
      total += times;
      for (int i = below(phase) + 1; i < sums.length; i += i & -i) {
        sums[i] += times;
      }
    }

    long earlierThan(long phase) {
      long sum = 0;
      for (int i = below(phase); i > 0; i -= i & -i) {
        sum += sums[i];
      }
      return sum;
    }

    /** How many phases are smaller. */
    private int below(long phase) {
      int low = 0;
      int high = phases.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (phases[middle] < phase) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
