package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other programs write to the table while this one runs. */
class TableChangesIT {
  @TempDir Path folder;
  private SqliteTable table;

  @BeforeEach
  void anActionEachSecond() throws Exception {
    table = SqliteTable.in(folder);
    table.insert(1, "tick", "* * * * * *");
  }

  @Test
  void aRowIsAddedEditedAndDeleted() throws Exception {
    try (Scheduler scheduler = Launch.in(folder).config(TestConfigs.trivial()).start()) {
      scheduler.stdout().await("tick", Scheduler.PATIENCE);
      table.insert(2, "added", "* * * * * *");
      scheduler.stdout().await("added", Scheduler.PATIENCE);
      table.execute("UPDATE action SET command = 'edited' WHERE id = 2");
      scheduler.stdout().await("edited", Scheduler.PATIENCE);
      table.execute("DELETE FROM action WHERE id = 2");
      awaitTicks(scheduler, 4); // noticed by then
      int edited = scheduler.stdout().with("edited").size();
      awaitTicks(scheduler, 3);
      assertThat(scheduler.stdout().with("edited")).hasSize(edited);
    }
  }

  @Test
  void aBadRowIsReportedOnceAndTheOthersRun() throws Exception {
    table.insert(7, "bad", "{\"format\": \"unix\", \"params\": {\"value\": \"0/15 * * * *\"}}");
    table.insert(8, "worse", "{\"format\": ");
    try (Scheduler scheduler = Launch.in(folder).config(TestConfigs.trivial()).start()) {
      awaitTicks(scheduler, 4);
      assertThat(scheduler.stderr().with("action 7 \"action 7\".*0/15")).hasSize(1);
      assertThat(scheduler.stderr().with("action 8 \"action 8\"")).hasSize(1);
      table.execute("UPDATE action SET cron = '* * * * * *' WHERE id = 7");
      scheduler.stdout().await("bad", Scheduler.PATIENCE);
      table.execute("UPDATE action SET cron = 'nonsense' WHERE id = 7");
      scheduler.stderr().await("action 7 .*nonsense", Scheduler.PATIENCE);
      int before = scheduler.stdout().with("bad").size();
      awaitTicks(scheduler, 3); // its last valid form goes on
      assertThat(scheduler.stdout().with("bad").size()).isGreaterThan(before);
    }
  }

  private static void awaitTicks(Scheduler scheduler, int more) throws InterruptedException {
    int count = scheduler.stdout().with("tick").size() + more;
    scheduler.stdout().await("tick", count, Scheduler.PATIENCE);
  }
}
