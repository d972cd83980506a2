package io.actionscheduler.events;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * The state of a receiver, with its counts.
 *
 * @param problem why its state is not {@code ok}; empty text where it is
 * @param waiting events that it has not taken yet
 * @param delivered events that it took since the start
 * @param dropped events that were given up since the start
 */
public record Standing(
    String name, State state, String problem, int waiting, long delivered, long dropped) {

  /** What the receiver does with events. */
  public enum State {
    OK,
    /** It answers, but did not take some events. */
    REFUSING,
    UNAVAILABLE,
    /** It answered that it wants no more events; until a restart. */
    DISABLED;

    /** In the form of answers and metrics: {@code ok}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Standing {
    requireNonNull(name, "name is null");
    requireNonNull(state, "state is null");
    requireNonNull(problem, "problem is null");
  }

  public boolean isOk() {
    return state == State.OK;
  }
}
