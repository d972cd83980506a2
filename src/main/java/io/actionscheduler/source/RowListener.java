package io.actionscheduler.source;

import java.util.Optional;

/** Receives a row that is added, changed or removed, inside its transaction. */
@FunctionalInterface
public interface RowListener {
  /** Does nothing. */
  RowListener NONE = (before, after) -> {};

  /**
   * The row was written; not yet committed.
   *
   * @param before empty where it was added
   * @param after empty where it was removed
   */
  void written(Optional<ActionRow> before, Optional<ActionRow> after);
}
