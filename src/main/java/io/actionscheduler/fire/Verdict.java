package io.actionscheduler.fire;

import java.util.Locale;

/** What a verification finds out about a scheduled time. */
public enum Verdict {
  DELIVERED,
  MERGED,
  EXPIRED,
  SKIPPED,
  FAILED,
  PAUSED,
  SUPERSEDED,
  DROPPED,
  EXCLUDED,
  /** Not settled yet. */
  PENDING,
  /** Before the ledger began. */
  UNKNOWN,
  /** The ledger lacks it. */
  LOST,
  /** The ledger has it twice, or has one that the schedule lacks. */
  DOUBLED;

  public static Verdict of(Outcome outcome) {
    return switch (outcome) {
      case DELIVERED -> DELIVERED;
      case MERGED -> MERGED;
      case EXPIRED -> EXPIRED;
      case SKIPPED -> SKIPPED;
      case FAILED -> FAILED;
      case PAUSED -> PAUSED;
      case SUPERSEDED -> SUPERSEDED;
      case DROPPED -> DROPPED;
      case EXCLUDED -> EXCLUDED;
    };
  }

  /** Whether the ledger contradicts the schedule. */
  public boolean isFault() {
    return this == LOST || this == DOUBLED;
  }

  /** As it stands in records and messages: {@code lost}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
