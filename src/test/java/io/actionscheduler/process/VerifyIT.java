package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Line;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the records say of a life with a crash in it. */
class VerifyIT {
  @TempDir Path folder;

  @Test
  void afterACrashNothingIsLostAndTheHistoryHasTheFires() throws Exception {
    SqliteTable.in(folder).insert(1, "tick", "* * * * * *");
    String begin = Instant.now().toString();
    Launch launch = Launch.in(folder).config(TestConfigs.trivial() + "verify: {every: 2s}\n");
    try (Scheduler first = launch.start()) {
      first.stdout().await("tick", 3, Scheduler.PATIENCE);
      first.killAndWait();
    }
    try (Scheduler second = launch.start()) {
      second.stdout().await("tick", 3, Scheduler.PATIENCE);
      Line verified = second.stderr().await("verified .*, 0 lost", Scheduler.PATIENCE);
      assertThat(verified.text()).contains("INFO").contains("delivered");
      Map<?, ?> beside = verify(begin, 0); // a scheduler runs meanwhile
      assertThat(count(beside, "delivered")).isPositive();
      second.terminate();
      assertThat(second.awaitExit()).isZero();
    }
    Map<?, ?> counts = verify(begin, 0);
    assertThat(count(counts, "lost")).isZero();
    assertThat(count(counts, "doubled")).isZero();
    List<?> history = (List<?>) Json.parse(output(0, "history", "--json", "--limit", "1000"));
    assertThat(history).hasSizeGreaterThanOrEqualTo(6);
    assertThat(history).allMatch(fire -> "success".equals(((Map<?, ?>) fire).get("status")));
    assertThat(output(0, "verify", "--last")).contains("delivered");
  }

  private Map<?, ?> verify(String from, int code) throws Exception {
    String json = output(code, "verify", "--json", "--from", from.replaceFirst("\\..*", "Z"));
    return (Map<?, ?>) ((Map<?, ?>) Json.parse(json)).get("counts");
  }

  private static long count(Map<?, ?> counts, String verdict) {
    return (Long) counts.get(verdict);
  }

  private String output(int code, String... arguments) throws InterruptedException {
    try (Scheduler command =
        Launch.in(folder).config(TestConfigs.trivial()).arguments(arguments).start()) {
      assertThat(command.awaitExit()).as("exit code").isEqualTo(code);
      return command.stdout().all().stream().map(Line::text).collect(Collectors.joining("\n"));
    }
  }
}
