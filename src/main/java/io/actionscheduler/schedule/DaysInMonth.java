package io.actionscheduler.schedule;

/** Days of a month that depend only on its length and the weekday of its 1st. */
interface DaysInMonth {
  /**
   * These days in a month of {@code length} days, bit 0 is the 1st.
   *
   * @param first the weekday of the 1st, 0 is Monday
   */
  int in(int length, int first);

  /** Whether each day of every month is one of them. */
  boolean isEveryDay();
}
