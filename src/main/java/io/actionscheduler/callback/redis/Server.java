package io.actionscheduler.callback.redis;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Which Redis, and how it is reached.
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
   * @param user empty for Redis' default user
   */
  record Login(Optional<String> user, String password) {
    @Override
    public String toString() {
      return user.orElse("default") + ":***";
    }
  }

  /** For messages. */
  String name() {
    return "redis " + host + ":" + port + "/" + database;
  }
}
