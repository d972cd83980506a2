package io.actionscheduler.source;

/** What an import does with a row that has no id, and a name that the table has already. */
public enum ByName {
  /** The import is refused: it would double the action. */
  REFUSE,
  /** The row replaces the one of that name. */
  REPLACE
}
