package io.actionscheduler.callback.redis;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The address of a Redis, and how to connect to it.
 *
 * @param database its number
 * @param tls empty for a plain connection
 * @param timeout for connecting, and for each exchange of at most a thousand requests
 */
record Server(
    String host,
    int port,
    int database,
    Optional<Login> login,
    Optional<SSLContext> tls,
    Duration timeout) {

  /**
   * @param user empty for the default user of Redis
   */
  record Login(Optional<String> user, String password) {
    @Override
    public String toString() {
      return user.orElse("default") + ":***";
    }
  }

  /** Its name in messages. */
  String name() {
    return "redis " + host + ":" + port + "/" + database;
  }
}
