package io.actionscheduler.verify;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Discrepancy;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;

/** Is told what a verification finds, while it goes on. */
public interface Findings {

  /** Times of which the ledger contradicts the schedule. */
  void discrepancy(Discrepancy found);

  /**
   * A schedule whose kept text cannot be read any more: what the ledger says of it is counted
   * unchecked.
   */
  void unreadable(ProgressKey key, String cron, String zone);

  /**
   * A schedule whose zone has another law now: its times of then are held against the law that they
   * were accounted under, {@code timing.law()}.
   *
   * @param begunAt since when it was accounted for
   * @param until up to when
   */
  void formerLaw(ProgressKey key, Timing timing, Instant begunAt, Instant until);

  /** All verdicts about one action; once for each that has a time in the period. */
  void action(ActionId id, Counts counts);
}
