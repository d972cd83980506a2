package io.actionscheduler.fire;

import java.util.Locale;

/** What becomes of the held fires of an action, as an operator decides. */
public enum BacklogDecision {
  /** Each of them is delivered, however old. */
  DELIVER,
  /** The last of them is delivered, and stands for the others. */
  MERGE,
  /** None of them is delivered: the ledger has them as dropped. */
  DROP,
  /** They follow the rule of their row, as if they had not been held. */
  RULE;

  /** As it stands in answers, commands and records: {@code deliver}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
