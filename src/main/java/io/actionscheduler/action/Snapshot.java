package io.actionscheduler.action;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * Everything that a source contained at one moment.
 *
 * @param actions in ascending order of their ids, each id once
 * @param rejections rows that could not be understood; their ids are in no action
 * @param readAt the moment before the read began
 */
public record Snapshot(List<Action> actions, List<Rejection> rejections, Instant readAt) {
  public Snapshot {
    requireNonNull(actions, "actions is null");
    requireNonNull(rejections, "rejections is null");
    requireNonNull(readAt, "readAt is null");
  }

  public static Snapshot empty(Instant readAt) {
    return new Snapshot(List.of(), List.of(), readAt);
  }
}
