package io.actionscheduler.app.parts;

import io.actionscheduler.config.Settings;
import io.actionscheduler.quartz.QuartzExpression;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;

/** Makes readers of schedules that know every format. */
public final class CronReaders {
  private CronReaders() {}

  /** One that reads {@code unix} rows and plain crontab text as {@code dialect} says. */
  public static CronReader of(UnixDialect dialect) {
    return new CronReader(new ScheduleParser(dialect, QuartzExpression::parse));
  }

  /** One for the dialect that the settings name. */
  public static CronReader of(Settings settings) {
    return of(settings.unixAsApscheduler() ? UnixDialect.APSCHEDULER : UnixDialect.CRONTAB);
  }
}
