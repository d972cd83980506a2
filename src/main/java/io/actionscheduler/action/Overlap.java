package io.actionscheduler.action;

/** What a fire does when it is due while the one before it is unsettled. */
public enum Overlap {
  /** It waits; when the one before is settled, the rule for missed fires decides. */
  QUEUE,
  /** It is recorded as skipped. */
  SKIP,
  /** It runs at the same time. */
  ALLOW
}
