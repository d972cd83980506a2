package io.actionscheduler.fire;

import java.util.Locale;

/** What an operator has done with the missed fires of an action that were held at a start. */
public enum BacklogDecision {
  /** Each of them is delivered, however old. */
  DELIVER,
  /** The last of them is delivered, and stands for the others. */
  MERGE,
  /** None of them is delivered: the ledger has them as dropped. */
  DROP,
  /** They go on as their row says, as if nothing had been held. */
  RULE;

  /** As it stands in answers, commands and records: {@code deliver}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
