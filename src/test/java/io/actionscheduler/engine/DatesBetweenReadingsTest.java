package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionSource;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.engine.intake.ActionSync;
import io.actionscheduler.engine.intake.NextRuns;
import io.actionscheduler.engine.intake.SourceStart;
import io.actionscheduler.engine.intake.StartStages;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.testing.Logged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time")
class DatesBetweenReadingsTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);
  private static final Action DAILY = action(9, "0 0 * * *", EACH);

  private final EngineWorld world = new EngineWorld();
  private final Table table = new Table();

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  private static final class Table implements ActionSource {
    private List<Action> rows = List.of(DAILY);

    @Override
    public String name() {
      return "table";
    }

    @Override
    public Optional<Snapshot> poll(Snapshot last, Instant now) {
      return rows.equals(last.actions())
          ? Optional.empty()
          : Optional.of(new Snapshot(rows, List.of(), now));
    }

    @Override
    public void close() {}
  }

  private ActionSync start() throws Exception {
    ActionSync sync = new ActionSync(table, world.store, world.clock);
    SourceStart opening =
        sync.open(
            Duration.ofHours(1), IdScope.ALL, NextRuns.NONE, (cron, zone) -> Optional.empty());
    StartStages beginning = world.boot().engine().begin(opening);
    sync.begun(beginning.stored());
    beginning.scheduled().get(60, TimeUnit.SECONDS);
    sync.keepOpening();
    return sync;
  }

  @Test
  void aDateThatWasNoticedJustBeforeACrashFires() throws Exception {
    world.shutdownTimeout = Duration.ofMillis(50);
    ActionSync sync = start();
    world.pass(Duration.ofSeconds(30));
    table.rows = List.of(action(1, "2026-03-02T10:00:20Z", EACH), DAILY);
    world.store.slow(true);
    sync.poll(world.engine());
    world.store.failing(true);
    world.store.slow(false);
    world.kill();
    assertThat(world.store.of("1")).isEmpty();

    world.clock.advance(Duration.ofSeconds(30));
    start();
    world.settle();
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:00:20");
  }

  @Test
  void theReadingThatCountsIsTheLastOneOnceAllOfItIsRecorded() throws Exception {
    ActionSync sync = start();
    world.pass(Duration.ofSeconds(10));
    table.rows = List.of(action(1, "@hourly", EACH), DAILY);
    sync.poll(world.engine());
    world.settle().pass(Duration.ofSeconds(10));
    sync.poll(world.engine());
    assertThat(world.store.snapshotReadAt("table")).contains(world.clock.instant());
  }

  @Test
  void aDateEditedToAMomentBeforeTheNextLookFires() throws Exception {
    world.start(action(1, "2026-03-02T12:00:00Z", EACH), action(2, "* * * * *", EACH));
    world.pass(Duration.ofSeconds(70)).edit(rows("2026-03-02T12:00:00Z"));
    world.clock.set(Instant.parse("2026-03-02T10:02:40Z"));
    world.edit(rows("2026-03-02T10:02:20Z")).pass(Duration.ofSeconds(1));
    assertThat(world.callback.deliveredTimes()).contains("1@10:02:20");
  }

  @Test
  void norIsOneLostThatReplacesAnotherSchedule() throws Exception {
    world.start(action(1, "* * * * *", EACH));
    world.pass(Duration.ofSeconds(70)).edit(action(1, "* * * * *", EACH));
    world.clock.set(Instant.parse("2026-03-02T10:02:40Z"));
    world.settle();
    world.edit(action(1, "2026-03-02T10:02:20Z", EACH)).pass(Duration.ofSeconds(1));
    assertThat(world.callback.deliveredTimes())
        .containsExactly("1@10:01:00", "1@10:02:00", "1@10:02:20");
  }

  @Test
  void aFireThatWasDeliveredIsNotRepeatedForADateAtItsTime() throws Exception {
    world.start(action(1, "* * * * *", EACH));
    world.clock.set(Instant.parse("2026-03-02T10:01:30Z"));
    world.settle();
    world.edit(action(1, "2026-03-02T10:01:00Z", EACH)).pass(Duration.ofSeconds(1));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00");
  }

  @Test
  void aDateEditedToAMomentBeforeTheLastLookIsPast() throws Exception {
    world.start(action(1, "2026-03-02T12:00:00Z", EACH));
    world.pass(Duration.ofSeconds(70)).edit(action(1, "2026-03-02T12:00:00Z", EACH));
    world.pass(Duration.ofSeconds(10));
    world.edit(action(1, "2026-03-02T10:01:00Z", EACH)).pass(Duration.ofSeconds(1));
    assertThat(world.callback.deliveredTimes()).isEmpty();
  }

  @Test
  void aDateEditedWhileTheSchedulerWasDownFiresLikeANewOne() throws Exception {
    world.start(action(1, "2026-03-02T12:00:00Z", EACH), DAILY);
    world.pass(Duration.ofSeconds(30)).kill();
    world.clock.advance(Duration.ofSeconds(60));

    world.start(
        action(1, "2026-03-02T10:01:00Z", EACH), action(2, "2026-03-02T10:01:00Z", EACH), DAILY);
    world.settle();
    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder("1@10:01:00", "2@10:01:00");
  }

  @Test
  void aDateEditedToThePastIsToldLikeANewOne() throws Exception {
    try (Logged log = Logged.of("io.actionscheduler.engine.intake.NewActions")) {
      world.start(action(1, "2026-03-02T12:00:00Z", EACH), DAILY);
      world.pass(Duration.ofSeconds(70)).edit(action(1, "2026-03-02T09:00:00Z", EACH), DAILY);
      world.settle();
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("action 1 ", "cron 2026-03-02T09:00:00Z never fires after");
    }
  }

  private static Action[] rows(String date) {
    return new Action[] {action(1, date, EACH), action(2, "* * * * *", EACH)};
  }
}
