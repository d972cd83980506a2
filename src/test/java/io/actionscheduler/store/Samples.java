package io.actionscheduler.store;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.action.RetryPolicy;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Actions and progress for tests of stores. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");
  static final CronReader CRON =
      new CronReader(
          new ScheduleParser(
              UnixDialect.CRONTAB,
              value -> {
                throw new InvalidSchedule("no quartz here");
              }));

  private Samples() {}

  static ProgressKey key(String action) {
    return new ProgressKey(new ActionId(action), "stdout");
  }

  static Progress progress(String action, Instant settledUntil) {
    return new Progress(
        key(action),
        settledUntil,
        "*/5 * * * *",
        "UTC",
        false,
        Account.begun(NOON),
        Optional.empty());
  }

  static Progress paused(String action) {
    return new Progress(
        new ProgressKey(new ActionId(action), "kafka"),
        NOON,
        "0 3 * * *",
        "Europe/Berlin",
        true,
        new Account(NOON.minusSeconds(500), Optional.of(Outcome.MERGED), NOON.minusSeconds(400), 7),
        Optional.empty());
  }

  static Progress retrying(String action, String error) {
    OpenFire open =
        new OpenFire(
            NOON.plusNanos(1),
            Cause.CATCH_UP,
            Optional.of(new Stretch(NOON.minusSeconds(300), NOON.minusSeconds(60), 5)),
            3,
            2,
            NOON.plusSeconds(4),
            true,
            error,
            true);
    return new Progress(
        key(action), NOON, "@hourly", "UTC", false, Account.begun(NOON), Optional.of(open));
  }

  static Action action(String id, String cron, String zone) {
    return new Action(
        new ActionId(id), "report " + id, "command " + id, timing(cron, zone), policy(), Map.of());
  }

  static Action withCommand(String id, String command) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("to", new ArrayList<>(List.of("a@example.org", 7L, true, 0.5)));
    parameters.put("deep", new LinkedHashMap<>(Map.of("x", "y")));
    Policy policy =
        new Policy(
            false,
            new MissedPolicy(false, Optional.empty()),
            Overlap.ALLOW,
            List.of("kafka", "stdout"),
            Optional.of(new RetryPolicy(3, Duration.ofMillis(1500), 1.5)));
    return new Action(
        new ActionId(id), "named \"" + id + "\"", command, timing("1h", "UTC"), policy, parameters);
  }

  static Policy policy() {
    return new Policy(
        true, MissedPolicy.of(true, 3600), Overlap.QUEUE, List.of("stdout"), Optional.empty());
  }

  private static Timing timing(String cron, String zone) {
    try {
      return CRON.read(cron, ZoneId.of(zone));
    } catch (InvalidSchedule e) {
      throw new IllegalArgumentException(e);
    }
  }
}
