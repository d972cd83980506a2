package io.actionscheduler.app.lifecycle;

import io.actionscheduler.action.ActionId;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rows that this program wrote and that their source has not read yet. Safe for use by many
 * threads.
 */
final class WrittenRows {
  private SortedSet<ActionId> waiting = new TreeSet<>();
  private Runnable onWrite = () -> {};

  /** Adds rows and notifies the reader, unless it was notified and has not read since. */
  void add(List<Long> ids) {
    if (ids.isEmpty()) {
      return;
    }
    Runnable tell;
    synchronized (this) {
      boolean told = !waiting.isEmpty();
      ids.forEach(id -> waiting.add(ActionId.of(id)));
      tell = told ? () -> {} : onWrite;
    }
    tell.run();
  }

  /** Calls {@code look} when there are rows, also for rows that were added before. */
  void onWrite(Runnable look) {
    synchronized (this) {
      onWrite = look;
    }
    look.run();
  }

  /** Removes and gives all rows. */
  synchronized SortedSet<ActionId> take() {
    SortedSet<ActionId> taken = waiting;
    waiting = new TreeSet<>();
    return taken;
  }
}
