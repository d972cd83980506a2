package io.actionscheduler.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/**
 * A real Redis for tests, on 127.0.0.1 and a port of its own, that keeps nothing on disk. Stopped
 * and started again it is empty.
 */
public final class TestRedis implements AutoCloseable {
  private final int port;
  private final List<String> settings;
  private RedisServer server;

  private TestRedis(int port, List<String> settings) {
    this.port = port;
    this.settings = settings;
  }

  /**
   * A server that is up.
   *
   * @param settings lines of its configuration, such as {@code requirepass secret}
   */
  public static TestRedis start(String... settings) throws IOException {
    TestRedis redis = new TestRedis(freePort(), List.of(settings));
    redis.startAgain();
    return redis;
  }

  public int port() {
    return port;
  }

  public void startAgain() throws IOException {
    RedisServerBuilder builder =
        RedisServer.newRedisServer()
            .port(port)
            .bind("127.0.0.1")
            .setting("save \"\"")
            .setting("appendonly no")
            .onShutdownForceStop(true);
    settings.forEach(builder::setting);
    server = builder.build();
    server.start();
  }

  public void stop() throws IOException {
    server.stop();
  }

  /** A connection for the test itself; whoever asked closes it. */
  public Jedis connect() {
    return new Jedis("127.0.0.1", port);
  }

  /** All of a list, first to last. */
  public List<String> list(String key) {
    try (Jedis jedis = connect()) {
      return jedis.lrange(key, 0, -1);
    }
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
