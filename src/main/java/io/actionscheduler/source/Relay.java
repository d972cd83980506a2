package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.concurrent.Daemons;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Passes items to a consumer in order. Beyond some thousands, the consumer runs on a separate
 * thread, so that items are processed while further ones are fetched. At most two blocks of items
 * are held.
 */
final class Relay<T> implements Consumer<T>, AutoCloseable {
  private static final int BLOCK = 4_096;

  private final Consumer<T> to;
  private List<T> block = new ArrayList<>();
  private CompletableFuture<Void> under = CompletableFuture.completedFuture(null);
  private ExecutorService thread; // null while there is no more than one block

  Relay(Consumer<T> to) {
    this.to = requireNonNull(to, "to is null");
  }

  /** Adds an item; throws what the consumer threw for an earlier one. */
  @Override
  public void accept(T one) {
    block.add(one);
    if (block.size() == BLOCK) {
      await();
      if (thread == null) {
        thread = Daemons.worker("reader of rows");
      }
      List<T> full = block;
      under = CompletableFuture.runAsync(() -> full.forEach(to), thread);
      block = new ArrayList<>(BLOCK);
    }
  }

  /** Returns when the consumer has processed everything. */
  void finish() {
    await();
    block.forEach(to);
    block = List.of();
  }

  /** Waits until the consumer has processed what it was given, which never takes long. */
  private void await() {
    try {
      under.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw e;
    }
  }

  /** Waits for the consumer, which can be used elsewhere once this returns. */
  @Override
  public void close() {
    under.exceptionally(fault -> null).join();
    if (thread != null) {
      thread.shutdown();
    }
  }
}
