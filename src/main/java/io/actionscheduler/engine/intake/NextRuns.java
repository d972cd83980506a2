package io.actionscheduler.engine.intake;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.KeptTimings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The next run times that the Python program stored.
 *
 * @param times by action; empty when there are none
 * @param there reads schedules as that program does, plain texts and forms alike
 */
public record NextRuns(Map<ActionId, Instant> times, KeptTimings there) {
  /** That program never ran here. */
  public static final NextRuns NONE = new NextRuns(Map.of(), (cron, zone) -> Optional.empty());

  public NextRuns {
    times = Map.copyOf(times);
    requireNonNull(there, "there is null");
  }
}
