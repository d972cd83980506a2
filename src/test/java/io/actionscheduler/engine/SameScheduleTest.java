package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.testing.Logged;
import io.actionscheduler.text.CronReader;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules are compared by when they fire, not by how they are written. */
@Tag("time")
@Timeout(60)
class SameScheduleTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);
  private static final CronReader CRONS =
      new CronReader(new ScheduleParser(UnixDialect.CRONTAB, value -> null));

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private static Action in(String cron, String zone) throws Exception {
    return action(1, "* * * * *", EACH).with(CRONS.read(cron, ZoneId.of(zone)));
  }

  @ParameterizedTest(name = "{0} in {1}, then {2} in {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * * * | Etc/UTC       | * * * * *   | UTC",
        "* * * * * | Z             | * * * * *   | Etc/GMT",
        "* * * * * | Europe/Berlin | * * * * *   | Europe/Berlin",
        "1m        | UTC           | 1m          | America/New_York",
        "60s       | Asia/Tokyo    | 1m          | Europe/Berlin",
        "* * * * * | UTC           | */1 * * * * | UTC",
      })
  void nothingThatWasMissedIsDroppedWhileDown(
      String cron, String zone, String laterCron, String laterZone) throws Exception {
    world.start(in(cron, zone));
    world.stop();
    world.clock.advance(Duration.ofMinutes(3));
    world.start(in(laterCron, laterZone));
    world.pass(Duration.ofMinutes(1));
    assertThat(world.callback.deliveredTimes())
        .containsExactly("1@10:01:00", "1@10:02:00", "1@10:03:00", "1@10:04:00");
    assertThat(world.store.ledger()).isEmpty();
    assertThat(world.store.of("1").orElseThrow().cron()).isEqualTo(laterCron);
  }

  @Test
  void norWhileItRunsAndATargetIsUnavailable() throws Exception {
    world.callback.answer(d -> CallbackException.unavailable("gone", null));
    world.start(in("* * * * *", "Etc/UTC")).pass(Duration.ofMinutes(2));
    world.edit(in("* * * * *", "UTC"));
    world.callback.takeAll();
    world.pass(Duration.ofMinutes(2));
    assertThat(world.callback.deliveredTimes())
        .startsWith("1@10:01:00", "1@10:02:00", "1@10:03:00");
  }

  @Test
  void aZoneThatReallyChangedIsToldWithTheActionsAndFiresThatItSupersedes() throws Exception {
    world.start(in("*/10 10 * * *", "UTC"));
    world.stop();
    world.clock.advance(Duration.ofMinutes(25));
    try (Logged superseded = Logged.of("io.actionscheduler.engine.intake.Superseded")) {
      world.start(in("*/10 10 * * *", "Europe/Berlin"));
      assertThat(superseded.lines())
          .singleElement()
          .asString()
          .contains(
              "action 1 \"name1\"",
              "2 fires that were due before the change",
              "zone UTC, now Europe/Berlin",
              "superseded, not caught up");
    }
    assertThat(world.callback.deliveredTimes()).isEmpty();
  }
}
