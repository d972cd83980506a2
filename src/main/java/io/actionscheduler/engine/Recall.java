package io.actionscheduler.engine;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Recollection;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Brings in what a callback's target holds of earlier runs and the store never heard of, because a
 * crash came between a delivery and its record. Asked before anything is decided of its fires: what
 * was delivered must be neither merged into a later fire nor expire. Confined to the engine's
 * thread, but for the asking itself.
 */
final class Recall {
  private final BatchCallback callback;
  private final History history;
  private final Recorder recorder;
  private final Loop loop;
  private Recollection told = action -> Optional.empty();
  private boolean done;
  private boolean asking;

  Recall(BatchCallback callback, History history, Recorder recorder, Loop loop) {
    this.callback = callback;
    this.history = history;
    this.recorder = recorder;
    this.loop = loop;
    this.done = !callback.remembers();
  }

  boolean isDone() {
    return done;
  }

  boolean isAsking() {
    return asking;
  }

  /**
   * Asks, unless that is under way.
   *
   * @param answered runs on the engine's thread, as does {@code away} where there was no answer
   */
  void ask(
      ExecutorService threads,
      Consumer<Instant> answered,
      BiConsumer<CallbackException, Instant> away) {
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
            loop.post(now -> fail(e, now, away));
          } catch (Throwable e) { // whatever a callback of somebody's own throws
            CallbackException unasked = CallbackException.away("it cannot be asked: " + e, e);
            loop.post(now -> fail(unasked, now, away));
          }
        });
  }

  private void take(Recollection recollection, Instant now, Consumer<Instant> answered) {
    asking = false;
    done = true;
    told = recollection;
    answered.accept(now);
  }

  private void fail(
      CallbackException why, Instant now, BiConsumer<CallbackException, Instant> away) {
    asking = false;
    away.accept(why, now);
  }

  /** Settles what the target has of {@code lane} beyond what is known here. */
  void join(Lane lane, Instant now) {
    told.settledUntil(lane.action.id())
        .filter(until -> lane.main == null && until.isAfter(lane.settledUntil))
        .flatMap(until -> delivered(lane, until))
        .ifPresent(
            stretch -> {
              if (lane.open != null && !lane.open.scheduledAt().isAfter(stretch.last())) {
                lane.open = null;
              }
              history.found(lane, stretch, now);
              lane.settle(Outcome.DELIVERED, stretch);
              recorder.mark(lane);
            });
  }

  private static Optional<Stretch> delivered(Lane lane, Instant until) {
    return Stretch.of(lane.action.timing().schedule(), lane.settledUntil, until);
  }
}
