package io.actionscheduler.engine.run;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Policy;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** An action that fires each minute; minutes are counted from noon. */
final class MinutelyAction {
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final ActionId ID = ActionId.of(7);
  private static final String CRON = "* * * * *";

  private MinutelyAction() {}

  static Instant minute(int minute) {
    return NOON.plus(Duration.ofMinutes(minute));
  }

  static Action with(Policy policy) {
    try {
      ScheduleParser parser = new ScheduleParser(UnixDialect.CRONTAB, value -> null);
      return new Action(
          ID, "report", "command", parser.parse(CRON, CRON, ZoneOffset.UTC), policy, Map.of());
    } catch (InvalidSchedule e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Its progress at a callback as it was stored at noon. */
  static Progress stored(String callback, Optional<OpenFire> open) {
    return new Progress(
        new ProgressKey(ID, callback), NOON, CRON, "Z", false, Account.begun(NOON), open);
  }
}
