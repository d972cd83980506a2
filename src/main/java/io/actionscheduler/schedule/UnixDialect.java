package io.actionscheduler.schedule;

/** How {@code unix} rows and plain crontab text are read. */
public enum UnixDialect {
  /** crontab(5): the rule of this program. */
  CRONTAB,
  /** As the Python program read them: weekday 0 is Monday, both day fields must match. */
  APSCHEDULER
}
