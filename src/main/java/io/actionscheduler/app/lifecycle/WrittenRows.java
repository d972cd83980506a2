package io.actionscheduler.app.lifecycle;

import io.actionscheduler.action.ActionId;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rows that this program wrote and that their source has not looked at yet. Safe for use by
 * many threads.
 */
final class WrittenRows {
  private SortedSet<ActionId> waiting = new TreeSet<>();
  private Runnable onWrite = () -> {};

  /** Adds rows; who looks is told, unless he has not looked since he was told last. */
  void add(List<Long> ids) {
    Runnable tell;
    synchronized (this) {
      boolean told = !waiting.isEmpty();
      ids.forEach(id -> waiting.add(ActionId.of(id)));
      tell = told ? () -> {} : onWrite;
    }
    tell.run();
  }

  /** Has {@code look} run when there is something to take, also what came before. */
  void onWrite(Runnable look) {
    synchronized (this) {
      onWrite = look;
    }
    look.run();
  }

  /** All of them; none is left. */
  synchronized SortedSet<ActionId> take() {
    SortedSet<ActionId> taken = waiting;
    waiting = new TreeSet<>();
    return taken;
  }
}
