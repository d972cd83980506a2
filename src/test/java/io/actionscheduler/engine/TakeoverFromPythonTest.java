package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.testing.Logged;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first start on the store of the Python program. */
@Tag("time")
@Timeout(60)
class TakeoverFromPythonTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private static Map<ActionId, Instant> nextRun(String at) {
    return Map.of(ActionId.of(1), Instant.parse(at));
  }

  @Test
  void anActionThatIsEditedAfterwardsFiresFromTheEditOn() throws Exception {
    world.start(nextRun("2026-03-15T00:00:00Z"), action(1, "0 0 15 * *", EACH));
    world.edit(action(1, "2s", EACH)).pass(Duration.ofSeconds(4));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:00:02", "1@10:00:04");
  }

  @Test
  void aMissedRunIsCaughtUpAndTheNextOnesFollow() throws Exception {
    world.start(nextRun("2026-03-02T09:59:00Z"), action(1, "* * * * *", EACH));
    world.pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes())
        .containsExactly("1@09:59:00", "1@10:00:00", "1@10:01:00");
  }

  @Test
  void anIntervalThatFiresAtOtherTimesHereIsToldWithWhatKeepsThem() throws Exception {
    try (Logged report = Logged.of("io.actionscheduler.engine.intake.StartReport")) {
      world.start(nextRun("2026-03-02T10:30:00Z"), action(1, "1h", EACH));
      assertThat(report.lines())
          .containsExactly(
              "action 1 \"name1\": interval 1h has no fire at 2026-03-02T10:30:00Z, when the Python"
                  + " program would have run it: it fires at 2026-03-02T11:00:00Z; to keep its times,"
                  + " write {\"format\": \"interval\", \"params\": {\"every\": …, \"start_date\":"
                  + " \"2026-03-02T10:30:00Z\"}}",
              "progress taken over from apscheduler_jobs: 1 actions");
    }
  }

  @Test
  void nothingIsSaidOfClocksOrOfActionsThatNeverFire() throws Exception {
    try (Logged report = Logged.of("io.actionscheduler.engine.intake.StartReport");
        Logged news = Logged.of("io.actionscheduler.engine.intake.NewActions")) {
      world.start(
          Map.of(
              ActionId.of(1),
              Instant.parse("2026-03-15T00:00:00Z"),
              ActionId.of(2),
              Instant.parse("2026-03-02T09:59:30Z")),
          action(1, "0 0 15 * *", EACH),
          action(2, "2026-03-02T09:59:30Z", EACH));
      assertThat(report.lines())
          .containsExactly("progress taken over from apscheduler_jobs: 2 actions");
      assertThat(news.lines()).isEmpty();
    }
    assertThat(world.callback.deliveredTimes()).containsExactly("2@09:59:30");
  }
}
