package io.actionscheduler.engine.target;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Fires that are handed to a callback together, and the result of each. */
public final class Batch<F> implements Report {
  private static final Object DELIVERED = new Object();
  private static final int OUTPUT_CHARACTERS = 64 * 1024;

  private final Turn turn;
  private final List<F> firings;
  private final List<Delivery> deliveries;
  private AtomicReferenceArray<Object> results; // null while fires are added

  /** An empty one, to be filled with at most {@code expected} fires or a few more. */
  public Batch(Turn turn, int expected) {
    this.turn = turn;
    this.firings = new ArrayList<>(expected);
    this.deliveries = new ArrayList<>(expected);
  }

  /** Adds a fire; only before the batch is handed to its callback. */
  public void add(F firing, Delivery delivery) {
    firings.add(firing);
    deliveries.add(delivery);
  }

  public int size() {
    return deliveries.size();
  }

  Turn turn() {
    return turn;
  }

  public F firing(int index) {
    return firings.get(index);
  }

  public Delivery delivery(int index) {
    return deliveries.get(index);
  }

  /** Gives what is to be delivered; nothing is added from now on. */
  List<Delivery> close() {
    results = new AtomicReferenceArray<>(deliveries.size());
    return deliveries;
  }

  @Override
  public void delivered(int index) {
    results.compareAndSet(index, null, DELIVERED);
  }

  @Override
  public void delivered(int index, String output) {
    results.compareAndSet(
        index,
        null,
        output.length() <= OUTPUT_CHARACTERS ? output : output.substring(0, OUTPUT_CHARACTERS));
  }

  @Override
  public void failed(int index, CallbackException why) {
    results.compareAndSet(index, null, requireNonNull(why, "why is null"));
  }

  /**
   * The call has ended. A fire that was not reported counts as refused with unknown outcome; one
   * that a stop interrupted does not count as refused.
   */
  void end(Optional<Throwable> broken) {
    for (int i = 0; i < results.length(); i++) {
      if (results.get(i) == null) { // as a rule, none: no reason is made for all of them
        failed(i, unreported(broken));
      }
    }
  }

  private static CallbackException unreported(Optional<Throwable> broken) {
    Throwable cause = broken.orElse(null);
    String reason = broken.map(Throwable::toString).orElse("the callback did not report on it");
    return cause instanceof InterruptedException
        ? CallbackException.unavailableUnknown("cut off by a stop of the scheduler", cause)
        : CallbackException.refusedUnknown(reason, cause);
  }

  /** Why fire {@code index} was not delivered, or empty when it was. */
  public Optional<CallbackException> failure(int index) {
    return results.get(index) instanceof CallbackException e ? Optional.of(e) : Optional.empty();
  }

  /** Why the target was not reached; empty where it was. */
  Optional<CallbackException> unreachable() {
    for (int i = results.length() - 1; i >= 0; i--) {
      if (results.get(i) instanceof CallbackException e && e.kind() == Kind.UNAVAILABLE) {
        return Optional.of(e);
      }
    }
    return Optional.empty();
  }

  /** The answer of the target for fire {@code index}; empty for none. */
  public String output(int index) {
    return results.get(index) instanceof String output ? output : "";
  }
}
