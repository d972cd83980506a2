package io.actionscheduler.engine.intake;

import io.actionscheduler.engine.run.ActionProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * New actions whose progress is being stored; none of them fires before. Confined to the engine's
 * thread.
 */
public final class StoredFirst {
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final List<ActionProgress> waiting = new ArrayList<>();
  private int stored; // of those that wait, counted from the first
  private boolean complete;

  /** Completes once all are stored. */
  public CompletableFuture<Void> ready() {
    return ready;
  }

  void await(ActionProgress progress) {
    waiting.add(progress);
  }

  /** No more are added. */
  void complete() {
    complete = true;
  }

  /** Whether all of them are stored; completes {@link #ready} then. */
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
