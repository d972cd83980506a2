package io.actionscheduler.callback.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.TcpProxy;
import io.actionscheduler.testing.TestRedis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Who may speak to the server, and a server that does not answer. */
class RedisServerTest extends RedisWorld {
  @Test
  void userPasswordAndDatabaseMayStandInTheAddress() throws Exception {
    String url = "redis://bot:open@127.0.0.1:" + redis.port() + "/13";
    BatchCallback callback = create(Map.of("url", url, "list", "q"));
    assertThat(Reported.on(callback, List.of(REPORT)).delivered()).hasSize(1);
    callback.close();
    try (Jedis jedis = connect()) {
      jedis.select(13);
      assertThat(jedis.llen("q")).isEqualTo(1);
    }
  }

  @Test
  void aWrongPasswordIsAwayAndNotShown() throws Exception {
    Reported reported = deliver(Map.of("list", "q", "password", "guess"), REPORT);
    CallbackException why = reported.failed().get(0);
    assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(why.outcomeUnknown()).isFalse();
    assertThat(why).hasMessageContaining("WRONGPASS").hasMessageNotContaining("guess");
  }

  @Test
  void aServerWithoutAPlaceForUsIsAwayUntilThereIsOne() throws Exception {
    try (TestRedis full = TestRedis.start("maxclients 2")) {
      Map<String, String> settings =
          Map.of("host", "127.0.0.1", "port", Integer.toString(full.port()), "list", "q");
      try (Jedis one = full.connect();
          Jedis two = full.connect();
          BatchCallback callback = create(settings)) {
        one.ping();
        two.ping();
        CallbackException why = Reported.on(callback, List.of(REPORT)).failed().get(0);
        assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(why.outcomeUnknown()).isFalse();
        two.close();
        await().until(() -> Reported.on(callback, List.of(REPORT)).failed().isEmpty());
        assertThat(one.lrange("q", 0, -1)).hasSize(1);
      }
    }
  }

  @Test
  void whatWasNotAnsweredWhenContactBrokeHasAnUnknownOutcome() throws Exception {
    try (TcpProxy proxy = TcpProxy.open()) {
      proxy.to(redis.port());
      BatchCallback callback =
          callback(Map.of("list", "q", "port", Integer.toString(proxy.port())));
      Reported.on(callback, List.of(REPORT));
      proxy.hold();
      List<Delivery> batch = Deliveries.many(2_500);
      Thread cutter =
          new Thread(
              () -> {
                try {
                  proxy.awaitHeld();
                  proxy.cut();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      cutter.start();
      Reported reported = Reported.on(callback, batch);
      cutter.join();
      callback.close();
      assertThat(reported.failed()).hasSize(2_500);
      assertThat(reported.failed().values()).allMatch(why -> why.kind() == Kind.UNAVAILABLE);
      List<Integer> unknown =
          reported.failed().entrySet().stream()
              .filter(failed -> failed.getValue().outcomeUnknown())
              .map(Map.Entry::getKey)
              .toList();
      assertThat(unknown).hasSizeBetween(1, 1_000).last().isEqualTo(unknown.size() - 1);
      assertThat(list("q").size() - 1).isLessThanOrEqualTo(unknown.size());
    }
  }

  @Test
  void aServerThatHangsIsGivenUpInTime() throws Exception {
    try (TcpProxy proxy = TcpProxy.open()) {
      proxy.to(redis.port());
      BatchCallback callback =
          callback(Map.of("list", "q", "port", Integer.toString(proxy.port()), "timeout", "200ms"));
      Reported.on(callback, List.of(REPORT));
      proxy.hold();
      CallbackException why = Reported.on(callback, List.of(REPORT)).failed().get(0);
      assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(why.outcomeUnknown()).isTrue();
      callback.close();
    }
  }
}
