package io.actionscheduler.engine.run;

import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What failed for good and waits to be handed over. Confined to the engine's thread. */
public final class DeadLetters {
  /** More than these do not wait for one callback: they would fill the heap. */
  static final int MOST = 10_000;

  private final Callbacks callbacks;
  private final Set<HandOver> waiting = new LinkedHashSet<>();
  private final Map<String, Integer> perCallback = new HashMap<>();

  public DeadLetters(Callbacks callbacks) {
    this.callbacks = callbacks;
  }

  /** How many wait for {@code callback}. */
  public int waitingFor(String callback) {
    return perCallback.getOrDefault(callback, 0);
  }

  /** Whether what fails for good at {@code callback} is handed over, and there is room for it. */
  boolean hasRoomFor(String callback) {
    return callbacks.deadLettersOf(callback).filter(to -> waitingFor(to) < MOST).isPresent();
  }

  /**
   * Why a fire that failed for good at {@code callback} is not handed over; empty for no reason.
   */
  String refusal(String callback) {
    return callbacks
        .deadLettersOf(callback)
        .map(to -> "; not handed to " + to + ": " + MOST + " dead letters wait for it already")
        .orElse("");
  }

  /** The fire of {@code delivery}, which failed for good, goes to the callback for such fires. */
  HandOver open(Firing failed, Delivery delivery, String error, Instant now) {
    DeadLetter letter = new DeadLetter(failed.key(), AfterAttempt.givenUp(delivery, error, now));
    return put(
        new HandOver(
            failed.progress(), letter, callbacks.deadLettersOf(failed.callback()).orElseThrow()));
  }

  /** One that an earlier run left; empty where the settings name no callback for it any more. */
  Optional<HandOver> resume(ActionProgress progress, DeadLetter letter) {
    return callbacks
        .deadLettersOf(letter.key().callback())
        .map(to -> put(new HandOver(progress, letter, to)));
  }

  private HandOver put(HandOver letter) {
    waiting.add(letter);
    perCallback.merge(letter.callback(), 1, Integer::sum);
    return letter;
  }

  /** {@code letter} waits no more. */
  void ended(HandOver letter) {
    if (waiting.remove(letter)) {
      perCallback.merge(letter.callback(), -1, Integer::sum);
    }
  }

  /** The clock was set back by {@code step}: no wait is longer for it. */
  public void clockSetBack(Duration step) {
    waiting.forEach(letter -> ActionProgress.setBack(letter, step));
  }
}
