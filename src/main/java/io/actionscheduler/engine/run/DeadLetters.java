package io.actionscheduler.engine.run;

import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fires that failed permanently and wait to be handed to their dead-letter callback. Confined to
 * the engine's thread.
 */
public final class DeadLetters {
  /** The most that wait for one callback; more would fill the heap. */
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

  /** Whether a fire that fails permanently at {@code callback} becomes a dead letter now. */
  boolean hasRoomFor(String callback) {
    return callbacks.deadLettersOf(callback).filter(to -> waitingFor(to) < MOST).isPresent();
  }

  /**
   * Why a fire that failed permanently at {@code callback} is not handed over; empty where it is.
   */
  String refusal(String callback) {
    return callbacks
        .deadLettersOf(callback)
        .map(to -> "; not handed to " + to + ": " + MOST + " dead letters wait for it already")
        .orElse("");
  }

  /** Hands the fire of {@code delivery}, which failed permanently, to the dead-letter callback. */
  HandOver open(Firing failed, Delivery delivery, String error, Instant now) {
    DeadLetter letter = new DeadLetter(failed.key(), AfterAttempt.givenUp(delivery, error, now));
    return put(
        new HandOver(
            failed.progress(), letter, callbacks.deadLettersOf(failed.callback()).orElseThrow()));
  }

  /**
   * Takes over a dead letter that an earlier run stored; empty where the settings no longer name a
   * callback for it.
   */
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

  /** All that wait, as they are now. */
  public List<DeadLetter> all() {
    return waiting.stream().map(HandOver::letter).toList();
  }

  /** {@code letter} no longer waits. */
  void ended(HandOver letter) {
    if (waiting.remove(letter)) {
      perCallback.merge(letter.callback(), -1, Integer::sum);
    }
  }

  /** The clock was set back by {@code step}: waiting times stay as long as they were. */
  public void clockSetBack(Duration step) {
    waiting.forEach(letter -> letter.setBack(step));
  }
}
