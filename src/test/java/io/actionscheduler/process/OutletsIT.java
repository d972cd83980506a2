package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.testing.TestMail;
import io.actionscheduler.testing.TestRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, with every library that its callbacks need in its one jar. */
class OutletsIT {
  @TempDir Path folder;

  @Test
  void redisWebhookMailAndProcessDeliverSideBySide() throws Exception {
    SqliteTable table = SqliteTable.in(folder);
    table.execute("ALTER TABLE action ADD COLUMN callback TEXT");
    table.execute("ALTER TABLE action ADD COLUMN parameters TEXT");
    table.execute(
        """
        INSERT INTO action (id, name, command, cron, callback, parameters) VALUES
          (1, 'Утро', 'one', '* * * * * *', 'queue', NULL),
          (2, 'two', 'two', '* * * * * *', 'hook', '{"room": "a b"}'),
          (3, 'three', 'three', '* * * * * *', 'mail', '{"recipient": "admin@company.com"}'),
          (4, 'four', 'four', '* * * * * *', 'work', '{"dataset": "user_events"}')
        """);
    try (TestRedis redis = TestRedis.start();
        TestHttp http = TestHttp.start();
        TestMail mail = TestMail.start();
        Scheduler scheduler =
            Launch.in(folder).config(config(redis, http, mail)).env("CHAT", "42").start()) {
      await().atMost(Scheduler.PATIENCE).until(() -> redis.list("queue:to_telegram").size() > 1);
      await().atMost(Scheduler.PATIENCE).until(() -> http.taken().size() > 1);
      await().atMost(Scheduler.PATIENCE).until(() -> mail.taken().size() > 1);
      await().atMost(Scheduler.PATIENCE).until(() -> worked().size() > 1);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();

      assertThat(redis.list("queue:to_telegram").get(0))
          .isEqualTo(
              "{\"chat_id\": 42, \"response\": \"\\u0423\\u0442\\u0440\\u043e\","
                  + " \"status\": \"success\"}");
      assertThat(http.taken().get(0).path()).isEqualTo("/a%20b");
      assertThat(http.taken().get(0).headers().get("Idempotency-Key")).startsWith("2@20");
      assertThat(mail.taken().get(0).getMessageID()).startsWith("<fire.3=40");
      assertThat(worked().get(0)).matches("4@.* four \\{\"dataset\": \"user_events\"}");
    }
  }

  private List<String> worked() throws Exception {
    Path file = folder.resolve("worked");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static String config(TestRedis redis, TestHttp http, TestMail mail) {
    return TestConfigs.trivial()
        + """
        callbacks:
          queue:
            type: redis
            host: 127.0.0.1
            port: %d
            list: queue:to_telegram
            form: notification
            chat_id: ${CHAT}
            response: "{name}"
          hook: {type: webhook, url: 'http://127.0.0.1:%d/{parameters.room}'}
          mail:
            type: email_notification
            host: 127.0.0.1
            port: %d
            security: none
            from: scheduler@example.com
          work:
            type: process
            command: [/bin/sh, -c, 'echo "$FIRE_ID $COMMAND $(cat)" >> worked']
        """
            .formatted(redis.port(), http.port(), mail.port());
  }
}
