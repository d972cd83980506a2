package io.actionscheduler.schedule;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/** Short ways to a schedule, for tests. */
final class Parsing {
  private static final ScheduleParser.Format NO_QUARTZ =
      value -> {
        throw new InvalidSchedule("quartz \"" + value + "\": none in these tests");
      };

  private Parsing() {}

  static ScheduleParser parser(UnixDialect dialect) {
    return new ScheduleParser(dialect, NO_QUARTZ);
  }

  static Timing timing(Object cron, ZoneId zone) throws InvalidSchedule {
    return parser(UnixDialect.CRONTAB).parse(cron.toString(), cron, zone);
  }

  static Schedule plain(String text, String zone) throws InvalidSchedule {
    return timing(text, ZoneId.of(zone)).schedule();
  }

  static Schedule extended(Map<String, ?> params, String zone) throws InvalidSchedule {
    return timing(form("apscheduler", params), ZoneId.of(zone)).schedule();
  }

  static Schedule utc(String text) throws InvalidSchedule {
    return timing(text, ZoneOffset.UTC).schedule();
  }

  static Map<String, Object> form(String format, Map<String, ?> params) {
    return Map.of("format", format, "params", params);
  }
}
