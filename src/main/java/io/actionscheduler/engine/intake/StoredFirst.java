package io.actionscheduler.engine.intake;

import io.actionscheduler.engine.run.ActionProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * New actions, until the progress of all of them is stored: nothing of them fires before. Confined
 * to the engine's thread.
 */
public final class StoredFirst {
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final List<ActionProgress> waiting = new ArrayList<>();
  private int stored; // of those that wait, from the first on
  private boolean complete;

  /** Completes once all are stored. */
  public CompletableFuture<Void> ready() {
    return ready;
  }

  void await(ActionProgress progress) {
    waiting.add(progress);
  }

  /** None is added any more. */
  void complete() {
    complete = true;
  }

  /** Whether nothing is left to wait for; then it is ready. */
  public boolean isOver() {
    while (stored < waiting.size() && isOver(waiting.get(stored))) {
      stored++;
    }
    return complete && stored == waiting.size() && (ready.isDone() || ready.complete(null));
  }

  private static boolean isOver(ActionProgress progress) {
    return !progress.isNew() || progress.isRetired();
  }
}
