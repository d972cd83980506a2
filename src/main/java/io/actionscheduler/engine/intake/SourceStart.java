package io.actionscheduler.engine.intake;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.KeptTimings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The actions of one source at its beginning, and what is needed to continue them.
 *
 * @param actions in ascending order of their ids
 * @param ids which ids are of this source, or would be
 * @param rejected ids of rows that cannot be understood: their stored progress stays until they can
 * @param readings when the actions were read
 * @param nextRuns the next run times that the Python program stored
 * @param timings reads the schedules that stored progress belongs to
 */
public record SourceStart(
    List<Action> actions,
    IdScope ids,
    Set<ActionId> rejected,
    Readings readings,
    NextRuns nextRuns,
    KeptTimings timings) {
  public SourceStart {
    requireNonNull(actions, "actions is null");
    requireNonNull(ids, "ids is null");
    requireNonNull(rejected, "rejected is null");
    requireNonNull(readings, "readings is null");
    requireNonNull(nextRuns, "nextRuns is null");
    requireNonNull(timings, "timings is null");
  }

  /**
   * When a source was read.
   *
   * @param at the reading that counts
   * @param before the one before it, by this run or an earlier one; empty for the first time
   */
  public record Readings(Instant at, Optional<Instant> before) {
    public Readings {
      requireNonNull(at, "at is null");
      requireNonNull(before, "before is null");
    }
  }

  public Instant readAt() {
    return readings.at();
  }

  /** Whether {@code id}, which is not among the actions, has left this source. */
  boolean isGone(ActionId id) {
    return ids.contains(id) && !rejected.contains(id);
  }
}
