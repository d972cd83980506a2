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
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is down at the start, comes, goes and comes back. */
class BrokerAwayIT {
  private static final int GIVEN_UP_MILLIS = 12_000; // delivery.timeout.ms is 10 s

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void nothingIsLostWhileTheBrokerIsAway() throws Exception {
    SqliteTable table = SqliteTable.in(folder);
    table.insert(1, "each", "* * * * * *");
    table.insert(2, "merged", "* * * * * *", Optional.of(true), Optional.of(-1));
    try (TestKafka kafka = TestKafka.down();
        Scheduler scheduler = launch(kafka).start()) {
      scheduler.awaitReady();
      scheduler.stderr().await("(?i)WARN.*kafka", LIMIT);
      kafka.startAgain();
      awaitRecords(kafka, 5);
      kafka.stop();
      Thread.sleep(GIVEN_UP_MILLIS); // of what the producer does then, nothing tells
      kafka.startAgain();
      awaitRecords(kafka, kafka.read("some_topic").size() + 8);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
      List<ConsumerRecord<String, String>> records = kafka.read("some_topic");
      assertThat(records.stream().filter(one -> one.key().equals("2")))
          .anyMatch(one -> missedBefore(one) > 0);
      for (String action : List.of("1", "2")) {
        assertNothingIsLost(
            records.stream().filter(one -> one.key().equals(action)).toList(), scheduler);
      }
    }
  }

  /** Each second in order: each has a record, or is counted as missed in the one behind it. */
  private static void assertNothingIsLost(
      List<ConsumerRecord<String, String>> records, Scheduler scheduler) {
    Instant last = scheduledAt(records.get(0));
    for (ConsumerRecord<String, String> record : records) {
      Instant at = scheduledAt(record);
      if (at.isAfter(last)) { // else delivered again, as it is marked
        assertThat(at.minusSeconds(missedBefore(record)))
            .as("%s", scheduler.stderr().tail())
            .isEqualTo(last.plusSeconds(1));
        last = at;
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
    return Instant.parse(header(record, "scheduled-time"));
  }

  private static long missedBefore(ConsumerRecord<String, String> record) {
    return Long.parseLong(header(record, "missed-count"));
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
