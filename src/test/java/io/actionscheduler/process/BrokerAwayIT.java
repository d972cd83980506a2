package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import io.actionscheduler.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is down at the start, comes, goes and comes back. */
class BrokerAwayIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void nothingIsLostWhileTheBrokerIsAway() throws Exception {
    SqliteTable.in(folder).insert(1, "tick", "* * * * * *");
    try (TestKafka kafka = TestKafka.down();
        Scheduler scheduler = launch(kafka).start()) {
      scheduler.awaitReady();
      scheduler.stderr().await("(?i)WARN.*kafka", LIMIT);
      kafka.startAgain();
      awaitRecords(kafka, 5);
      kafka.stop();
      Thread.sleep(5_000); // some fires fall due meanwhile
      kafka.startAgain();
      awaitRecords(kafka, kafka.read("some_topic").size() + 8);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
      List<Instant> times =
          kafka.read("some_topic").stream().map(BrokerAwayIT::scheduledAt).distinct().toList();
      for (int i = 1; i < times.size(); i++) { // every second, in order
        assertThat(times.get(i)).isEqualTo(times.get(i - 1).plusSeconds(1));
      }
    }
  }

  private Launch launch(TestKafka kafka) {
    String config = TestConfigs.trivial().replace("callback: stdout", "callback: kafka");
    return Launch.in(folder)
        .config(config)
        .env("KAFKA__SERVER", kafka.server())
        .env("KAFKA__TOPIC", "some_topic");
  }

  private static void awaitRecords(TestKafka kafka, int count) {
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions() // until the topic is there
        .until(() -> kafka.read("some_topic").size() >= count);
  }

  private static Instant scheduledAt(ConsumerRecord<String, String> record) {
    byte[] value = record.headers().lastHeader("scheduled-time").value();
    return Instant.parse(new String(value, StandardCharsets.UTF_8));
  }
}
