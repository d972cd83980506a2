package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A row that an import wrote.
 *
 * @param before the row that it replaced; empty where it was added
 * @param after as it stands in the table
 */
public record ImportedRow(Optional<ActionRow> before, ActionRow after) {
  public ImportedRow {
    requireNonNull(before, "before is null");
    requireNonNull(after, "after is null");
  }
}
