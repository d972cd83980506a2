package io.actionscheduler.engine.target;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Recollection;
import io.actionscheduler.engine.clock.EngineLoop;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What a target with a memory of its own, such as Kafka with {@code exactly_once}, has received
 * from earlier runs. The store may know less, when the process crashed after a delivery and before
 * its record. The target is asked once, before anything is decided about its fires. Confined to the
 * engine's thread, except for the request itself.
 */
final class TargetMemory {
  private final BatchCallback callback;
  private final EngineLoop loop;
  private Recollection told = action -> Optional.empty();
  private boolean known;
  private boolean asking;

  TargetMemory(BatchCallback callback, EngineLoop loop) {
    this.callback = callback;
    this.loop = loop;
    this.known = !callback.remembers();
  }

  /** Whether the target has answered, or has no memory. */
  boolean isKnown() {
    return known;
  }

  boolean isAsking() {
    return asking;
  }

  /** The scheduled time up to which the target has the fires of {@code action}; empty for none. */
  Optional<Instant> settledUntil(ActionId action) {
    return told.settledUntil(action);
  }

  /**
   * Asks the target, unless a request is under way.
   *
   * @param answered runs on the engine's thread, as does {@code unavailable} where there was no
   *     answer
   */
  void ask(
      ExecutorService threads,
      Consumer<Instant> answered,
      BiConsumer<CallbackException, Instant> unavailable) {
    if (asking) {
      return;
    }
    asking = true;
    threads.execute(
        () -> {
          try {
            Recollection recollection = callback.recall();
            loop.post(now -> take(recollection, now, answered));
          } catch (CallbackException e) {
            loop.post(now -> fail(e, now, unavailable));
          } catch (InterruptedException e) { // a stop says nothing about the target
            loop.post(now -> asking = false);
          } catch (Throwable e) { // whatever a callback of somebody's own throws
            CallbackException unasked =
                CallbackException.unavailable("it cannot be asked: " + e, e);
            loop.post(now -> fail(unasked, now, unavailable));
          }
        });
  }

  private void take(Recollection recollection, Instant now, Consumer<Instant> answered) {
    asking = false;
    known = true;
    told = recollection;
    answered.accept(now);
  }

  private void fail(
      CallbackException why, Instant now, BiConsumer<CallbackException, Instant> unavailable) {
    asking = false;
    unavailable.accept(why, now);
  }
}
