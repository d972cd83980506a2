package io.actionscheduler.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Times that belong together, such as the holidays of a country: a pure function of time. */
@FunctionalInterface
public interface Windows {
  /** No time at all. */
  Windows NONE = (from, until) -> List.of();

  /**
   * What lies from {@code from} until just before {@code until}: in the order of time, none
   * touching the next, cut off at both ends. Empty when {@code from} is not before {@code until}.
   * The work grows with the days between.
   */
  List<Window> between(Instant from, Instant until);

  /** Whether {@code at} belongs to it. */
  default boolean contain(Instant at) {
    return !between(at, at.plusNanos(1)).isEmpty();
  }

  /** All other times. */
  default Windows complement() {
    return (from, until) -> {
      List<Window> rest = new ArrayList<>();
      Instant begin = from;
      for (Window window : between(from, until)) {
        if (begin.isBefore(window.start())) {
          rest.add(new Window(begin, window.start()));
        }
        begin = window.end();
      }
      if (begin.isBefore(until)) {
        rest.add(new Window(begin, until));
      }
      return rest;
    };
  }

  /** The times that belong to any of {@code all}. */
  static Windows union(List<Windows> all) {
    List<Windows> parts = List.copyOf(all);
    if (parts.size() < 2) {
      return parts.isEmpty() ? NONE : parts.get(0);
    }
    return (from, until) -> {
      List<Window> found = new ArrayList<>();
      parts.forEach(part -> found.addAll(part.between(from, until)));
      return joined(found);
    };
  }

  /** {@code windows}, in any order, as {@link #between} gives them. */
  static List<Window> joined(List<Window> windows) {
    List<Window> sorted = new ArrayList<>(windows);
    sorted.sort(Comparator.comparing(Window::start));
    List<Window> joined = new ArrayList<>(sorted.size());
    for (Window window : sorted) {
      Window last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last == null || last.end().isBefore(window.start())) {
        joined.add(window);
      } else if (last.end().isBefore(window.end())) {
        joined.set(joined.size() - 1, new Window(last.start(), window.end()));
      }
    }
    return joined;
  }

  /** {@code windows}, which are joined, without what lies outside of the two moments. */
  static List<Window> cut(List<Window> windows, Instant from, Instant until) {
    List<Window> inside = new ArrayList<>(windows.size());
    for (Window window : windows) {
      Instant start = window.start().isBefore(from) ? from : window.start();
      Instant end = window.end().isAfter(until) ? until : window.end();
      if (start.isBefore(end)) {
        inside.add(new Window(start, end));
      }
    }
    return inside;
  }
}
