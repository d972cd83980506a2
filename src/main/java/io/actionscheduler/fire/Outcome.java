package io.actionscheduler.fire;

import java.util.Locale;

/** What became of a scheduled time once it is settled. */
public enum Outcome {
  /** The callback confirmed it. */
  DELIVERED,
  /** Missed, and delivered as part of a later one. */
  MERGED,
  /** Missed, and too old to deliver. */
  EXPIRED,
  /** Due while the fire before it ran, with {@code overlap: skip}. */
  SKIPPED,
  /** Failed permanently, or refused until its retries were used up. */
  FAILED,
  /** Its action was disabled. */
  PAUSED,
  /** Its schedule was changed, or its action removed, before it started. */
  SUPERSEDED,
  /** Missed, held at a start, and given up by an operator. */
  DROPPED,
  /** Scheduled at a time that its calendars, or a blackout, exclude. */
  EXCLUDED;

  /** What becomes of the fires that were merged into one with this outcome. */
  public Outcome ofMerged() {
    return this == PAUSED ? PAUSED : MERGED;
  }

  /** As it stands in records and messages: {@code delivered}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
