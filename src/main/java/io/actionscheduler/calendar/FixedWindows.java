package io.actionscheduler.calendar;

import io.actionscheduler.schedule.Window;
import io.actionscheduler.schedule.Windows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Windows that are known one by one. */
final class FixedWindows implements Windows {
  private final List<Window> all; // joined

  FixedWindows(List<Window> windows) {
    this.all = List.copyOf(Windows.joined(windows));
  }

  @Override
  public List<Window> between(Instant from, Instant until) {
    int low = 0;
    int high = all.size();
    while (low < high) { // the first that ends after from
      int middle = (low + high) >>> 1;
      if (all.get(middle).end().isAfter(from)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    List<Window> found = new ArrayList<>();
    for (int i = low; i < all.size() && all.get(i).start().isBefore(until); i++) {
      found.add(all.get(i));
    }
    return Windows.cut(found, from, until);
  }
}
