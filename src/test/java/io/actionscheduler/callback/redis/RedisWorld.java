package io.actionscheduler.callback.redis;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.TestRedis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import redis.clients.jedis.Jedis;

/** A Redis that is empty before each test. */
abstract class RedisWorld {
  static final Delivery REPORT =
      Deliveries.of("Morning report", "make", Map.of("chat_id", 42L, "priority", "high"));

  static TestRedis redis;

  @BeforeAll
  static void start() throws Exception {
    redis = TestRedis.start("requirepass sesame", "user bot on >open ~* &* +@all", "databases 20");
  }

  @AfterAll
  static void stop() throws Exception {
    redis.close();
  }

  @BeforeEach
  void empty() {
    try (Jedis jedis = connect()) {
      jedis.flushAll();
    }
  }

  static Reported deliver(Map<String, String> settings, Delivery... fires) throws Exception {
    return deliver(settings, List.of(fires));
  }

  static Reported deliver(Map<String, String> settings, List<Delivery> fires) throws Exception {
    BatchCallback callback = callback(settings);
    try {
      return Reported.on(callback, fires);
    } finally {
      callback.close();
    }
  }

  static BatchCallback callback(Map<String, String> settings) throws InvalidSetting {
    Map<String, String> all = new HashMap<>();
    all.put("host", "127.0.0.1");
    all.put("port", Integer.toString(redis.port()));
    all.put("password", "sesame");
    all.putAll(settings);
    return create(all);
  }

  static BatchCallback create(Map<String, String> settings) throws InvalidSetting {
    return new RedisFactory()
        .create(new CallbackSettings("queue", "redis", "callbacks.queue", settings));
  }

  static List<String> list(String key) {
    try (Jedis jedis = connect()) {
      return jedis.lrange(key, 0, -1);
    }
  }

  static Jedis connect() {
    Jedis jedis = redis.connect();
    jedis.auth("sesame");
    return jedis;
  }
}
