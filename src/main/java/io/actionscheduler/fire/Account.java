package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * The open end of the ledger for an action's progress: since when its schedule is accounted for,
 * and the latest stretch of fires that share an outcome. It ends at the moment up to which the
 * action is settled.
 *
 * @param begunAt every scheduled time after this moment is accounted for: the first notice of the
 *     schedule
 * @param outcome of the latest stretch; empty when nothing is settled yet
 * @param first scheduled time of that stretch; {@code begunAt} when there is none
 * @param count of its fires; 0 when there is none
 */
public record Account(Instant begunAt, Optional<Outcome> outcome, Instant first, long count) {
  /**
   * @throws IllegalArgumentException when {@code count} is negative, or there are fires without an
   *     outcome or an outcome without fires
   */
  public Account {
    requireNonNull(begunAt, "begunAt is null");
    requireNonNull(outcome, "outcome is null");
    requireNonNull(first, "first is null");
    if (count < 0 || (count > 0) != outcome.isPresent()) {
      throw new IllegalArgumentException(count + " fires with outcome " + outcome);
    }
  }

  /** Nothing is settled yet of what is scheduled after {@code at}. */
  public static Account begun(Instant at) {
    return new Account(at, Optional.empty(), at, 0);
  }
}
