package io.actionscheduler.source;

import io.actionscheduler.action.ActionId;
import java.time.Instant;
import java.util.Map;

/**
 * The phases of intervals that the Python program began: there, an interval without a start counts
 * from the moment when its job was made, which its row does not tell.
 *
 * @param fires one fire time of each action that has such a phase
 */
public record Phases(Map<ActionId, Instant> fires) {
  /** No action has one. */
  public static final Phases NONE = new Phases(Map.of());

  public Phases {
    fires = Map.copyOf(fires);
  }
}
