package io.actionscheduler.callback.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.ScriptedRedis;
import io.actionscheduler.testing.TcpProxy;
import io.actionscheduler.testing.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** When connections are kept, replaced and let go of. */
class RedisConnectionsTest {
  private static final UnaryOperator<String> USUAL = command -> "";

  @Test
  void aConnectionThatWasCutIsNeverMadeAgainUnderneath() throws Exception {
    try (ScriptedRedis redis = new ScriptedRedis(USUAL)) {
      Connections connections = new Connections(server(redis.port()), System::nanoTime);
      Connection connection = connections.take();
      connections.drop(connection);
      assertThatThrownBy(() -> connection.sendCommand(Protocol.Command.RPUSH, "q", "x"))
          .isInstanceOf(JedisConnectionException.class);
      assertThat(redis.connections()).isEqualTo(1);
    }
  }

  @Test
  void aBatchThatWasFrozenTooLongGoesNowhereElse() throws Exception {
    try (ScriptedRedis redis = new ScriptedRedis(USUAL)) {
      BatchCallback callback = callback(redis.port(), Map.of("database", "3", "timeout", "500ms"));
      Reported reported =
          new Reported() {
            @Override
            public void delivered(int index) {
              super.delivered(index);
              if (index == 999) { // the last one whose answer is there
                assertThat(await(redis)).isTrue();
              }
            }
          };
      callback.deliver(Deliveries.many(2_500), reported);
      callback.close();
      assertThat(redis.heard()).noneMatch(command -> command.startsWith("2 RPUSH"));
      assertThat(reported.delivered()).hasSize(1_000);
      assertThat(reported.failed().values())
          .hasSize(1_500)
          .allMatch(why -> why.kind() == Kind.UNAVAILABLE && !why.outcomeUnknown());
    }
  }

  @Test
  void aServerThatBecameAReplicaIsLeftForWhoeverHasItsNameNow() throws Exception {
    try (TestRedis old = TestRedis.start();
        TestRedis elected = TestRedis.start();
        TcpProxy name = TcpProxy.open()) {
      name.to(old.port());
      BatchCallback callback = callback(name.port(), Map.of());
      useAtOnce(callback, 3);
      try (Jedis jedis = old.connect()) {
        jedis.replicaof("127.0.0.1", elected.port());
      }
      name.to(elected.port());
      CallbackException why = Reported.on(callback, Deliveries.many(1)).failed().get(0);
      assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(why).hasMessageContaining("READONLY");
      assertThat(Reported.on(callback, Deliveries.many(1)).delivered()).hasSize(1);
      callback.close();
      assertThat(elected.list("q")).hasSize(1);
    }
  }

  @Test
  void whereOneDoesNotAnswerAnyMoreTheOthersAreNotAsked() throws Exception {
    AtomicBoolean hung = new AtomicBoolean();
    AtomicLong now = new AtomicLong();
    try (ScriptedRedis redis = new ScriptedRedis(command -> hung.get() ? "silence" : "")) {
      Connections connections = new Connections(server(redis.port()), now::get);
      List<Connection> taken = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        taken.add(connections.take());
      }
      taken.forEach(connections::giveBack);
      int heard = redis.heard().size();
      now.addAndGet(TimeUnit.SECONDS.toNanos(2));
      hung.set(true);
      assertThatThrownBy(connections::take)
          .isInstanceOfSatisfying(
              CallbackException.class, why -> assertThat(why.outcomeUnknown()).isFalse());
      assertThat(redis.heard()).hasSize(heard + 2);
      assertThat(redis.awaitHangUps(6)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HELLO, -ERR unknown command 'HELLO', true, before Redis 6 and behind some proxies",
    "PING, -NOPERM this user has no permissions to run the 'ping' command, true, it answered",
    "PING, -LOADING Redis is loading the dataset in memory, false, not yet",
    "PING, -ERR max number of clients reached, false, no place",
    "PING, -ERR max number of clients + cluster connections reached, false, no place",
    "PING, -DENIED Redis is running in protected mode, false, not let in",
    "SELECT, :5, false, no answer to that",
    "SELECT, *0, false, no answer to that",
    "AUTH, -WRONGPASS invalid username-password pair, false, not let in",
  })
  void whateverItSaysAtTheBeginningItIsEitherGoodOrAway(
      String command, String reply, boolean good, String because) throws Exception {
    UnaryOperator<String> script = line -> line.startsWith(command) ? reply : "";
    try (ScriptedRedis redis = new ScriptedRedis(script)) {
      BatchCallback callback =
          callback(redis.port(), Map.of("database", "3", "username", "bot", "password", "open"));
      Reported reported = Reported.on(callback, Deliveries.many(1));
      if (good) {
        assertThat(reported.delivered()).as(because).hasSize(1);
        callback.close();
        return;
      }
      assertThat(reported.failed().get(0).kind()).as(because).isEqualTo(Kind.UNAVAILABLE);
      assertThat(reported.failed().get(0).outcomeUnknown()).isFalse();
      assertThat(redis.awaitHangUps(1)).isTrue();
      callback.close();
    }
  }

  /** What the server, a cluster or the settings are to blame for is no attempt of a fire. */
  @ParameterizedTest
  @CsvSource({
    "-MOVED 866 127.0.0.1:7001, UNAVAILABLE, cluster",
    "-ASK 866 127.0.0.1:7001, UNAVAILABLE, cluster",
    "-ERR max number of clients reached, UNAVAILABLE, clients",
    "-ERR unknown command 'RPUSH', UNAVAILABLE, unknown command",
    "-NOPERM this user has no permissions to run the 'rpush' command, UNAVAILABLE, rpush",
    "-NOPERM this user has no permissions to access one of the keys used as arguments, REFUSED, keys",
    "-WRONGTYPE Operation against a key holding the wrong kind of value, REFUSED, wrong kind",
  })
  void anErrorIsChargedToWhoIsToBlame(String reply, Kind kind, String told) throws Exception {
    try (ScriptedRedis redis =
            new ScriptedRedis(line -> line.startsWith("RPUSH") ? reply : USUAL.apply(line));
        BatchCallback callback = callback(redis.port(), Map.of())) {
      CallbackException why = Reported.on(callback, Deliveries.many(1)).failed().get(0);
      assertThat(why.kind()).isEqualTo(kind);
      assertThat(why.outcomeUnknown()).isFalse();
      assertThat(why).hasMessageContaining(told);
    }
  }

  @Test
  void noConnectionIsLeftOpenWhereADeliveryEndsInAnError() throws Exception {
    try (ScriptedRedis redis = new ScriptedRedis(USUAL)) {
      BatchCallback callback = callback(redis.port(), Map.of());
      Reported fails =
          new Reported() {
            @Override
            public void delivered(int index) {
              throw new IllegalStateException("of the report");
            }
          };
      assertThatThrownBy(() -> callback.deliver(Deliveries.many(1), fails))
          .hasMessage("of the report");
      assertThat(redis.awaitHangUps(1)).isTrue();
      callback.close();
    }
  }

  @Test
  void anInterruptedBatchEndsBehindWhatIsUnderWay() throws Exception {
    try (ScriptedRedis redis = new ScriptedRedis(USUAL)) {
      BatchCallback callback = callback(redis.port(), Map.of());
      Reported reported =
          new Reported() {
            @Override
            public void delivered(int index) {
              super.delivered(index);
              Thread.currentThread().interrupt();
            }
          };
      callback.deliver(Deliveries.many(2_500), reported);
      assertThat(Thread.interrupted()).isTrue();
      callback.close();
      assertThat(reported.delivered()).hasSize(1_000);
      assertThat(reported.failed().values())
          .hasSize(1_500)
          .allMatch(why -> why.kind() == Kind.UNAVAILABLE && !why.outcomeUnknown());
    }
  }

  /** Delivers over so many connections that are open at the same time. */
  private static void useAtOnce(BatchCallback callback, int connections) throws Exception {
    CyclicBarrier together = new CyclicBarrier(connections);
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    List<Future<?>> ends = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      Reported meets =
          new Reported() {
            @Override
            public void delivered(int index) {
              try {
                together.await(60, TimeUnit.SECONDS);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            }
          };
      ends.add(
          threads.submit(
              () -> {
                callback.deliver(Deliveries.many(1), meets);
                return null;
              }));
    }
    for (Future<?> end : ends) {
      end.get();
    }
    threads.shutdown();
  }

  private static boolean await(ScriptedRedis redis) {
    try {
      return redis.awaitHangUps(1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Server server(int port) {
    return new Server(
        "127.0.0.1", port, 0, Optional.empty(), Optional.empty(), Duration.ofMillis(500));
  }

  private static BatchCallback callback(int port, Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>(more);
    settings.putAll(Map.of("host", "127.0.0.1", "port", Integer.toString(port), "list", "q"));
    return new RedisFactory()
        .create(new CallbackSettings("queue", "redis", "callbacks.queue", settings));
  }
}
