package io.actionscheduler.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The actions of one source, until the progress of all of them is kept. */
final class Beginning {
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final List<Lane> fresh = new ArrayList<>();
  private int kept; // of the fresh ones, from the first on

  CompletableFuture<Void> ready() {
    return ready;
  }

  /** Nothing of {@code lane} fires before its progress is kept. */
  void await(Lane lane) {
    fresh.add(lane);
  }

  /** Whether nothing is left to wait for; then it is ready. */
  boolean isOver() {
    while (kept < fresh.size() && isOver(fresh.get(kept))) {
      kept++;
    }
    return kept == fresh.size() && (ready.isDone() || ready.complete(null));
  }

  private static boolean isOver(Lane lane) {
    return lane.state != Lane.State.NEW || lane.retired;
  }
}
