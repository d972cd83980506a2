package io.actionscheduler.engine;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.KeptTimings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the engine begins with, of one source.
 *
 * @param actions in ascending order of their ids
 * @param gone whether an id that is not among the actions left this source: not one of another
 *     source, nor of a row that cannot be understood, whose progress stays for when it can
 * @param readAt when the actions were read
 * @param previousReadAt when they were read before, by an earlier run; empty for the first time
 * @param nextRuns the next run times that the Python program left; empty when it left none
 * @param timings reads the schedules that kept progress belongs to
 */
public record Opening(
    List<Action> actions,
    Predicate<ActionId> gone,
    Instant readAt,
    Optional<Instant> previousReadAt,
    Map<ActionId, Instant> nextRuns,
    KeptTimings timings) {
  public Opening {
    requireNonNull(actions, "actions is null");
    requireNonNull(gone, "gone is null");
    requireNonNull(readAt, "readAt is null");
    requireNonNull(previousReadAt, "previousReadAt is null");
    requireNonNull(nextRuns, "nextRuns is null");
    requireNonNull(timings, "timings is null");
  }
}
