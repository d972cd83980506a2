package io.actionscheduler.callback.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.ScriptedRedis;
import io.actionscheduler.testing.TestRedis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A message that is too large is nobody's fault but its own. */
class RedisSizesTest {
  private static TestRedis redis;

  @BeforeAll
  static void start() throws Exception {
    redis = TestRedis.start("proto-max-bulk-len 1mb");
  }

  @AfterAll
  static void stop() throws Exception {
    redis.close();
  }

  @ParameterizedTest
  @CsvSource({"list, 6, 2", "list, 6, 0", "list, 2500, 1700", "stream, 2500, 5"})
  void onlyTheFireThatIsTooLargeIsGivenUp(String place, int count, int large) throws Exception {
    List<Delivery> batch = new ArrayList<>(Deliveries.many(count));
    batch.set(large, Deliveries.of(large, "x".repeat(1_500_000)));
    String key = place + count + "." + large;
    Reported reported = deliver(redis.port(), Map.of(place, key), batch);
    assertThat(reported.failed()).containsOnlyKeys(large);
    assertThat(reported.failed().get(large).kind()).isEqualTo(Kind.PERMANENT);
    assertThat(reported.delivered()).hasSize(count - 1);
    if (place.equals("list")) {
      assertThat(redis.list(key)).hasSize(count - 1).doesNotHaveDuplicates();
    }
  }

  @Test
  void messagesOfAnySizeGoOverOneConnectionWhereTheyAreTaken() throws Exception {
    List<Delivery> batch = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      batch.add(Deliveries.of(i, "x".repeat(i * 5_000)));
    }
    assertThat(deliver(redis.port(), Map.of("list", "any"), batch).delivered()).hasSize(60);
    assertThat(redis.list("any")).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void noRequestIsLongBecauseItHoldsMany() throws Exception {
    List<Integer> lengths = new ArrayList<>();
    UnaryOperator<String> measured =
        command -> {
          if (command.startsWith("RPUSH")) {
            lengths.add(command.length());
          }
          return "";
        };
    try (ScriptedRedis scripted = new ScriptedRedis(measured)) {
      List<Delivery> batch = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        batch.add(Deliveries.of(i, "x".repeat(10_000)));
      }
      assertThat(deliver(scripted.port(), Map.of("list", "q"), batch).delivered()).hasSize(100);
      assertThat(lengths).hasSizeGreaterThan(10).allMatch(length -> length < 70_000);
    }
  }

  @Test
  void whereARequestOfSeveralIsTooLargeItsMembersAreSentOneByOne() throws Exception {
    UnaryOperator<String> script =
        command -> command.contains("Action5\"") ? "-ERR Protocol error: invalid bulk length" : "";
    try (ScriptedRedis scripted = new ScriptedRedis(script)) {
      Reported reported = deliver(scripted.port(), Map.of("list", "q"), Deliveries.many(250));
      assertThat(reported.failed()).containsOnlyKeys(4);
      assertThat(reported.failed().get(4).kind()).isEqualTo(Kind.PERMANENT);
      assertThat(reported.delivered()).hasSize(249);
    }
  }

  private static Reported deliver(int port, Map<String, String> place, List<Delivery> batch)
      throws Exception {
    Map<String, String> settings = new HashMap<>(place);
    settings.putAll(Map.of("host", "127.0.0.1", "port", Integer.toString(port)));
    BatchCallback callback =
        new RedisFactory()
            .create(new CallbackSettings("queue", "redis", "callbacks.queue", settings));
    try {
      return Reported.on(callback, batch);
    } finally {
      callback.close();
    }
  }
}
