package io.actionscheduler.callback.redis;

import java.io.IOException;
import java.net.Socket;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * The socket of one connection. If it was cut, Jedis would open another one by itself and continue
 * there: without a login, in database 0, and mistaking answers for those of other requests.
 */
final class OneSocket implements JedisSocketFactory {
  private final JedisSocketFactory sockets;
  private Socket socket;

  OneSocket(JedisSocketFactory sockets) {
    this.sockets = sockets;
  }

  @Override
  public Socket createSocket() {
    if (socket != null) {
      throw new JedisConnectionException("the connection was cut");
    }
    socket = sockets.createSocket();
    return socket;
  }

  /** Closes the socket, if there is one. */
  void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      LoggerFactory.getLogger(OneSocket.class).debug("a connection did not close", e);
    }
  }
}
