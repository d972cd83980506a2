package io.actionscheduler.engine.target;

import io.actionscheduler.engine.clock.EngineLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Places of a callback that are lent to fires by hand: together with the batches of the engine they
 * stay within what the callback does at a time. Confined to the engine's thread.
 */
final class LentPlaces {
  private final EngineLoop loop;
  private final BooleanSupplier hasPlace;
  private final Deque<CompletableFuture<Runnable>> asking = new ArrayDeque<>();
  private int lent;

  /**
   * @param hasPlace whether there is one to lend
   */
  LentPlaces(EngineLoop loop, BooleanSupplier hasPlace) {
    this.loop = loop;
    this.hasPlace = hasPlace;
  }

  int size() {
    return lent;
  }

  void ask(CompletableFuture<Runnable> place) {
    asking.addLast(place);
    lendFree();
  }

  /** Lends what is free to those who asked first. */
  void lendFree() {
    while (!asking.isEmpty() && hasPlace.getAsBoolean()) {
      lent++;
      AtomicBoolean isBack = new AtomicBoolean();
      boolean taken =
          asking
              .removeFirst()
              .complete(
                  () -> {
                    if (isBack.compareAndSet(false, true)) {
                      loop.post(now -> giveBack());
                    }
                  });
      lent -= taken ? 0 : 1; // whoever asked has gone meanwhile
    }
  }

  private void giveBack() {
    lent--;
    lendFree();
  }
}
