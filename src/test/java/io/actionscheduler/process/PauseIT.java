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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that sleeps: to the program, time leaps. */
@Tag("time")
class PauseIT {
  private static final int ASLEEP_MILLIS = 6_000;

  @TempDir Path folder;

  @Test
  void whatWasMissedAsleepGoesTheWayItsRowSays() throws Exception {
    SqliteTable table = SqliteTable.in(folder);
    table.insert(1, "all", "* * * * * *", Optional.of(false), Optional.of(-1));
    table.insert(2, "merged", "* * * * * *", Optional.of(true), Optional.of(-1));
    try (Scheduler scheduler = Launch.in(folder).config(TestConfigs.trivial()).start()) {
      await(scheduler, "all", 3);
      await(scheduler, "merged", 3);
      Thread.sleep(500); // between two fires
      scheduler.pause();
      int before = scheduler.stdout().with("merged").size();
      Thread.sleep(ASLEEP_MILLIS);
      scheduler.resume();
      await(scheduler, "merged", before + 4);
      Line last = await(scheduler, "merged", before + 4).get(before + 3);
      await(scheduler, "all", scheduler.stdout().with("all").size() + 1);

      // Each second has its fire, though late; merged ones left a gap.
      List<Instant> all =
          scheduler.stdout().with("all").stream().map(PauseIT::deliveredAt).toList();
      long seconds = lastSecond(all) - all.get(0).getEpochSecond();
      assertThat(all).hasSize((int) seconds + 1);
      long mergedSeconds =
          deliveredAt(last).getEpochSecond()
              - deliveredAt(scheduler.stdout().with("merged").get(0)).getEpochSecond();
      assertThat((long) before + 4).isLessThan(mergedSeconds - 1);
    }
  }

  private static long lastSecond(List<Instant> all) {
    return all.get(all.size() - 1).getEpochSecond();
  }

  private static List<Line> await(Scheduler scheduler, String command, int count)
      throws InterruptedException {
    return scheduler.stdout().await(command, count, Scheduler.PATIENCE);
  }

  private static Instant deliveredAt(Line line) {
    return OffsetDateTime.parse(line.text().substring(0, line.text().indexOf(' '))).toInstant();
  }
}
