package io.actionscheduler.fire;

import java.util.Locale;

/** Why a fire happens. */
public enum Cause {
  /** It was due, and on time. */
  SCHEDULE,
  /** It was missed, and is delivered late. */
  CATCH_UP,
  /** A person asked for it. */
  MANUAL,
  /** A person asked for a past period again. */
  BACKFILL;

  /** As it stands in messages, headers and records: {@code catch_up}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
