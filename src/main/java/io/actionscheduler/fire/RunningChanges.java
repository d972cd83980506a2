package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Changes of the running fires that are shown in the history: those that have run for some time.
 *
 * @param started runs with status {@link Run.Status#RUNNING}
 * @param ended none of them is among those that started
 */
public record RunningChanges(Collection<Run> started, Collection<Id> ended) {
  public static final RunningChanges NONE = new RunningChanges(List.of(), List.of());

  /** Identifies a running fire. */
  public record Id(ProgressKey key, Instant scheduledAt) {
    public Id {
      requireNonNull(key, "key is null");
      requireNonNull(scheduledAt, "scheduledAt is null");
    }

    public static Id of(Run run) {
      return new Id(run.key(), run.fires().first());
    }
  }

  public boolean isEmpty() {
    return started.isEmpty() && ended.isEmpty();
  }
}
