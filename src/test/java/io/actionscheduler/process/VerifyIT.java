package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Line;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import io.actionscheduler.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
      Line verified = second.stderr().await("verified .*, 0 lost: .*delivered", Scheduler.PATIENCE);
      assertThat(verified.text()).contains("INFO");
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

  /** It confirms every fire, and keeps the id of each but the first. */
  private static final String SINK =
      """
      callbacks:
        sink:
          type: process
          max_concurrent: 1
          command: [sh, -c, '[ -e dropped ] && echo $FIRE_ID >> received || echo $FIRE_ID > dropped']
      """;

  @Test
  void aDeliveryThatTheSinkDroppedIsLostAndNamed() throws Exception {
    SqliteTable.in(folder).insert(1, "tick", "* * * * * *");
    Path received = folder.resolve("received");
    Launch launch =
        Launch.in(folder)
            .config(TestConfigs.trivial().replace("callback: stdout", "callback: sink") + SINK);
    try (Scheduler scheduler = launch.start()) {
      await()
          .atMost(Scheduler.PATIENCE)
          .until(() -> Files.exists(received) && Files.readAllLines(received).size() >= 3);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
    }
    List<String> got = Files.readAllLines(received);
    String dropped = Files.readString(folder.resolve("dropped")).strip();
    String from = dropped.substring(dropped.indexOf('@') + 1);
    String to = Instant.parse(got.get(got.size() - 1).split("@")[1]).plusSeconds(1).toString();

    assertThat(output(0, "verify", "--from", from, "--to", to)).contains("lost           0");
    String lost = output(1, "verify", "--from", from, "--to", to, "--received", "received");
    assertThat(lost)
        .contains("lost           1")
        .contains("1  sink      lost       1  " + from.replace("Z", "+00:00"));

    Files.writeString(received, dropped + "\n", StandardOpenOption.APPEND);
    assertThat(output(0, "verify", "--from", from, "--to", to, "--received", "received"))
        .contains("lost           0");
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
