package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SharedPostgres;
import io.actionscheduler.testing.TestKafka;
import io.actionscheduler.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The practical way of use, with real servers: the table on PostgreSQL, fires to Kafka. */
@ExtendWith(SharedPostgres.class)
class PracticalIT {
  private static final String CONFIG =
      """
      actions_db:
        dialect: postgresql
        driver: psycopg2
        username: postgres
        password: "${PG_PASSWORD}"
        host: 127.0.0.1
        port: 5432
        database: actions
      internal_db:
        dialect: sqlite
        database: internal.db
      track_changes_period: 1
      action:
        callback: action_scheduler.callbacks:kafka_send
        defaults:
          merge_missed: true
          actuality_time: -1
      kafka:
        server: "localhost:1234"
        topic: some_topic
      """;

  @TempDir Path folder;

  @Test
  void aRowOnPostgresReachesKafkaWithItsPassport(TestPostgres postgres) throws Exception {
    String database = postgres.createDatabase();
    try (TestKafka kafka = TestKafka.start();
        Scheduler scheduler = launch(postgres, database, kafka).start();
        Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      scheduler.awaitReady(); // it has made the table
      statement.execute(
          "INSERT INTO action (id, name, command, cron) VALUES (5, 'Отчёт', 'привет \"x\"',"
              + " '{\"format\": \"unix\", \"params\": {\"value\": \"* * * * * *\"}}')");
      Awaitility.await()
          .atMost(Scheduler.PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .ignoreExceptions() // until the topic is there
          .until(() -> kafka.read("some_topic").size() >= 3);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
      assertThat(scheduler.stdout().all()).isEmpty();
      assertPassports(kafka.read("some_topic"));
    }
  }

  private Launch launch(TestPostgres postgres, String database, TestKafka kafka) {
    return Launch.in(folder)
        .config(CONFIG)
        .env("PG_PASSWORD", TestPostgres.PASSWORD)
        .env("ACTIONS_DB__PORT", Integer.toString(postgres.port()))
        .env("ACTIONS_DB__DATABASE", database)
        .env("KAFKA__SERVER", kafka.server());
  }

  private static void assertPassports(List<ConsumerRecord<String, String>> records) {
    Instant expected = Instant.parse(header(records.get(0), "scheduled-time"));
    for (ConsumerRecord<String, String> record : records) {
      assertThat(record.key()).isEqualTo("5");
      assertThat(record.value())
          .isEqualTo("{\"command\": \"\\u043f\\u0440\\u0438\\u0432\\u0435\\u0442 \\\"x\\\"\"}");
      assertThat(header(record, "scheduled-time")).isEqualTo(expected.toString());
      assertThat(header(record, "fire-id")).isEqualTo("5@" + expected);
      assertThat(header(record, "action-name")).isEqualTo("Отчёт");
      assertThat(header(record, "attempt")).isEqualTo("1");
      expected = expected.plusSeconds(1);
    }
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
