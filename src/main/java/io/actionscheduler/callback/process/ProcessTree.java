package io.actionscheduler.callback.process;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A process and all that it has started, for ending them together. */
final class ProcessTree {
  private static final long LOOK_MILLIS = 20;

  private final ProcessHandle root;
  private final Set<ProcessHandle> known = new LinkedHashSet<>();

  ProcessTree(ProcessHandle root) {
    this.root = requireNonNull(root, "root is null");
  }

  /** Asks all to end, and ends those that are still there after {@code grace}. */
  void end(Duration grace) throws InterruptedException {
    look();
    known.forEach(ProcessHandle::destroy);
    long until = System.nanoTime() + grace.toNanos();
    while (isAlive() && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      look(); // what is started in answer to the first signal has to end as well
    }
    endNow();
  }

  /** Ends all at once. */
  void endNow() {
    // Children are found through their parents: as long as one is left that may have some, look.
    for (int i = 0; i < 10; i++) {
      look();
      List<ProcessHandle> alive = known.stream().filter(ProcessHandle::isAlive).toList();
      if (alive.isEmpty()) {
        return;
      }
      alive.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private boolean isAlive() {
    return known.stream().anyMatch(ProcessHandle::isAlive);
  }

  /** A child whose parent is gone belongs to nobody: all are remembered from before. */
  private void look() {
    known.add(root);
    List.copyOf(known).forEach(each -> each.descendants().forEach(known::add));
  }
}
