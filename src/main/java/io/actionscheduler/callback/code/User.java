package io.actionscheduler.callback.code;

/**
 * The user that a job runs as.
 *
 * @param id the number of the user
 * @param isOwn whether no other process is that user's: jobs of a scheduler that is root are users
 *     of their own; others are the scheduler's user
 * @param processesBeside processes and threads outside of the job that count for the same limit
 */
record User(int id, boolean isOwn, int processesBeside) {

  /** A user that only one job has. */
  static User own(int id) {
    return new User(id, true, 0);
  }

  /** The scheduler's user. */
  static User same(int id, int processesBeside) {
    return new User(id, false, processesBeside);
  }
}
