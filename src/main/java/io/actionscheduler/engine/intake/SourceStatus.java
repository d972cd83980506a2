package io.actionscheduler.engine.intake;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The state of a source.
 *
 * @param actions in force, in ascending order of their ids
 * @param rejectedIds of all rows that cannot be understood
 * @param rejections the first thousand of them, with what is wrong
 * @param readAt when it was last read; empty before the first time
 * @param took how long the last check for changes took
 * @param unavailableSince since when it cannot be read; empty while it can
 * @param problem why it cannot be read; empty text while it can
 */
public record SourceStatus(
    String name,
    List<Action> actions,
    Set<ActionId> rejectedIds,
    List<Rejection> rejections,
    Optional<Instant> readAt,
    Duration took,
    Optional<Instant> unavailableSince,
    String problem) {
  public SourceStatus {
    requireNonNull(name, "name is null");
    requireNonNull(actions, "actions is null");
    requireNonNull(rejectedIds, "rejectedIds is null");
    rejections = List.copyOf(rejections);
    requireNonNull(readAt, "readAt is null");
    requireNonNull(took, "took is null");
    requireNonNull(unavailableSince, "unavailableSince is null");
    requireNonNull(problem, "problem is null");
  }

  /** How many rows cannot be understood. */
  public int rejected() {
    return rejectedIds.size();
  }

  /** Of a source that was not asked yet. */
  static SourceStatus unread(String name) {
    return new SourceStatus(
        name,
        List.of(),
        Set.of(),
        List.of(),
        Optional.empty(),
        Duration.ZERO,
        Optional.empty(),
        "");
  }
}
