package io.actionscheduler.callback.redis;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackContract;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.testing.TcpProxy;
import io.actionscheduler.testing.TestRedis;
import io.actionscheduler.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.clients.jedis.Jedis;

class RedisContractTest implements CallbackContract {
  private static TestRedis redis;

  @BeforeAll
  static void start() throws Exception {
    redis = TestRedis.start();
  }

  @AfterAll
  static void stop() throws Exception {
    redis.close();
  }

  @Override
  public Target target() throws Exception {
    return new Lists();
  }

  /** Lists of a real Redis behind a network that breaks; one key is taken by something else. */
  private static final class Lists implements Target {
    private final TcpProxy proxy = TcpProxy.open();
    private final BatchCallback callback;

    Lists() throws Exception {
      try (Jedis jedis = redis.connect()) {
        jedis.flushAll();
        jedis.set("queue:taken", "by a text");
      }
      proxy.to(redis.port());
      callback =
          new RedisFactory()
              .create(
                  new CallbackSettings(
                      "queue",
                      "redis",
                      "callbacks.queue",
                      Map.of(
                          "host", "127.0.0.1",
                          "port", Integer.toString(proxy.port()),
                          "list", "queue:{command}")));
    }

    @Override
    public BatchCallback callback() {
      return callback;
    }

    @Override
    public List<String> received() throws Exception {
      List<String> received = new ArrayList<>();
      try (Jedis jedis = redis.connect()) {
        for (String key : jedis.keys("queue:*")) {
          if (jedis.type(key).equals("list")) {
            for (String message : jedis.lrange(key, 0, -1)) {
              received.add((String) ((Map<?, ?>) Json.parse(message)).get("command"));
            }
          }
        }
      }
      return received;
    }

    @Override
    public void goAway() {
      proxy.cut();
    }

    @Override
    public void comeBack() {
      proxy.mend();
    }

    @Override
    public void hold() {
      proxy.hold();
    }

    @Override
    public void awaitHeld() throws Exception {
      proxy.awaitHeld();
    }

    @Override
    public void release() {
      proxy.release();
    }

    @Override
    public Optional<String> unacceptable() {
      return Optional.of("taken");
    }

    @Override
    public void close() throws Exception {
      Target.super.close();
      proxy.close();
    }
  }
}
