package io.actionscheduler.engine.intake;

import io.actionscheduler.engine.run.ActionProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * New actions whose progress is being stored; none of them fires before. Confined to the engine's
 * thread.
 */
public final class StoredFirst {
  private final StartStages beginning =
      new StartStages(new CompletableFuture<>(), new CompletableFuture<>());
  private final List<ActionProgress> waiting = new ArrayList<>();
  private final List<ActionProgress> edited = new ArrayList<>(); // of those that wait
  private int stored; // of those that wait, counted from the first
  private boolean complete;

  /** How far they are. */
  public StartStages beginning() {
    return beginning;
  }

  void await(ActionProgress progress) {
    waiting.add(progress);
  }

  /** Waits for {@code progress}, of which an older form is stored. */
  void awaitEdited(ActionProgress progress) {
    waiting.add(progress);
    edited.add(progress);
  }

  /** No more are added. */
  void complete() {
    complete = true;
  }

  /**
   * The store takes nothing now, and nobody knows for how long: an edit does not wait for it, as it
   * does not while the scheduler runs. Only new actions do, and nothing else waits for them.
   *
   * @param mayFire called for each edited action that waited
   */
  public void storeFails(Consumer<ActionProgress> mayFire) {
    if (complete && !beginning.scheduled().isDone()) {
      edited.stream().filter(one -> !isOver(one)).forEach(mayFire);
      beginning.scheduled().complete(null);
    }
  }

  /** Whether all of them are stored; completes {@link #beginning} then. */
  public boolean isOver() {
    while (stored < waiting.size() && isOver(waiting.get(stored))) {
      stored++;
    }
    boolean over = complete && stored == waiting.size();
    if (over) {
      beginning.scheduled().complete(null);
      beginning.stored().complete(null);
    }
    return over;
  }

  private static boolean isOver(ActionProgress progress) {
    return !progress.isNew() || progress.isRetired();
  }
}
