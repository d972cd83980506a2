package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Line;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash costs. */
class RestartIT {
  @TempDir Path folder;

  @Test
  void killedAndStartedAgainItLosesAndRepeatsNothing() throws Exception {
    SqliteTable.in(folder).insert(1, "tick", "* * * * * *");
    Launch launch = Launch.in(folder).config(TestConfigs.trivial());
    Instant first = Instant.MAX;
    int fires = 0;
    for (int life = 0; life < 3; life++) {
      try (Scheduler scheduler = launch.start()) {
        Line line = scheduler.stdout().await("tick", 3, Scheduler.PATIENCE).get(0);
        first = life == 0 ? deliveredAt(line) : first;
        betweenTwoFires(scheduler);
        scheduler.killAndWait();
        List<Line> all = scheduler.stdout().all();
        fires += all.size();
        long seconds =
            deliveredAt(all.get(all.size() - 1)).getEpochSecond() - first.getEpochSecond();
        assertThat(fires).as("fires in %d s", seconds).isEqualTo(seconds + 1);
      }
    }
  }

  @Test
  void missedFiresGoTheWayTheirRowSays() throws Exception {
    SqliteTable table = SqliteTable.in(folder);
    long start = Instant.now().getEpochSecond() + 6;
    long end = start + 8;
    String nineTimes =
        """
        {"format": "apscheduler", "params": {"second": "*", "timezone": "UTC",
          "start_date": "%s", "end_date": "%s"}}
        """
            .formatted(Instant.ofEpochSecond(start), Instant.ofEpochSecond(end));
    table.insert(1, "all", nineTimes, Optional.of(false), Optional.of(-1));
    table.insert(2, "merged", nineTimes, Optional.of(true), Optional.of(-1));
    table.insert(3, "expired", nineTimes, Optional.of(false), Optional.of(1));
    table.insert(4, "actual", nineTimes, Optional.of(true), Optional.of(3600));
    table.insert(5, "tick", "* * * * * *", Optional.of(true), Optional.of(-1));
    Launch launch = Launch.in(folder).config(TestConfigs.trivial());
    int before;
    try (Scheduler scheduler = launch.start()) {
      for (String each : List.of("all", "merged", "expired", "actual")) {
        scheduler.stdout().await(each, 2, Scheduler.PATIENCE);
      }
      betweenTwoFires(scheduler);
      scheduler.killAndWait();
      before = scheduler.stdout().with("all").size();
      assertThat(before).isLessThan(9);
    }
    while (Instant.now().getEpochSecond() < end + 3) { // so that all of the nine are missed
      Thread.sleep(100);
    }
    try (Scheduler scheduler = launch.start()) {
      scheduler.awaitReady();
      scheduler.stdout().await("tick", 4, Scheduler.PATIENCE);
      List<String> commands = scheduler.stdout().commands();
      assertThat(commands.stream().filter("all"::equals)).hasSize(9 - before);
      assertThat(commands.stream().filter("merged"::equals)).hasSize(1);
      assertThat(commands.stream().filter("actual"::equals)).hasSize(1);
      assertThat(commands).doesNotContain("expired");
    }
  }

  /** Waits for the middle of a second, when the last fire is settled and the next not yet due. */
  private static void betweenTwoFires(Scheduler scheduler) throws InterruptedException {
    int count = scheduler.stdout().count();
    scheduler
        .stdout()
        .await("tick", scheduler.stdout().with("tick").size() + 1, Scheduler.PATIENCE);
    assertThat(scheduler.stdout().count()).isGreaterThan(count);
    Thread.sleep(500);
  }

  private static Instant deliveredAt(Line line) {
    return OffsetDateTime.parse(line.text().substring(0, line.text().indexOf(' '))).toInstant();
  }
}
