package io.actionscheduler.engine;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the engine begins with.
 *
 * @param actions in ascending order of their ids
 * @param rejected ids of rows that cannot be understood: their progress stays for when they can
 * @param readAt when the actions were read
 * @param previousReadAt when they were read before, by an earlier run; empty for the first time
 * @param nextRuns the next run times that the Python program left; empty when it left none
 * @param timings reads the schedules that kept progress belongs to
 */
public record Opening(
    List<Action> actions,
    Set<ActionId> rejected,
    Instant readAt,
    Optional<Instant> previousReadAt,
    Map<ActionId, Instant> nextRuns,
    KeptTimings timings) {
  public Opening {
    requireNonNull(actions, "actions is null");
    requireNonNull(rejected, "rejected is null");
    requireNonNull(readAt, "readAt is null");
    requireNonNull(previousReadAt, "previousReadAt is null");
    requireNonNull(nextRuns, "nextRuns is null");
    requireNonNull(timings, "timings is null");
  }
}
