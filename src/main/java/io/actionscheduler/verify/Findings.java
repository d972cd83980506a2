package io.actionscheduler.verify;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Discrepancy;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;

/** Receives what a verification finds, while it runs. */
public interface Findings {

  /** Times at which the ledger contradicts the schedule. */
  void discrepancy(Discrepancy found);

  /**
   * A schedule whose stored text can no longer be read: its ledger entries are counted without a
   * check.
   */
  void unreadable(ProgressKey key, String cron, String zone);

  /**
   * A schedule whose zone has another law now: its past times are checked against the law under
   * which they were recorded, {@code timing.law()}.
   *
   * @param begunAt since when its times were recorded
   * @param until up to when
   */
  void formerLaw(ProgressKey key, Timing timing, Instant begunAt, Instant until);

  /** So many actions have progress or an ended schedule, and are looked at from now on. */
  default void expected(int actions) {}

  /** One of these was looked at. */
  default void looked() {}

  /** All verdicts about one action; called once for each action that has a time in the period. */
  void action(ActionId id, Counts counts);
}
