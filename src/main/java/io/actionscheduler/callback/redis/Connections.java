package io.actionscheduler.callback.redis;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLParameters;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;

/** The pool of connections to one Redis; it has as many as are used at the same time. */
final class Connections {
  /**
   * A connection that was idle longer may have been closed by the other side: it is checked first.
   */
  private static final long TRUSTED_NANOS = 1_000_000_000L;

  private record Idle(Connection connection, long since) {}

  private final Server server;
  private final LongSupplier nanos;
  private final Deque<Idle> idle = new ArrayDeque<>();
  private final Set<Connection> taken = new HashSet<>();
  private boolean closed;

  /**
   * @param nanos a clock such as {@code System#nanoTime}
   */
  Connections(Server server, LongSupplier nanos) {
    this.server = requireNonNull(server, "server is null");
    this.nanos = requireNonNull(nanos, "nanos is null");
  }

  /**
   * A working connection, to be given back or dropped.
   *
   * @throws CallbackException when Redis is unavailable
   */
  Connection take() throws CallbackException {
    Idle kept = poll();
    if (kept != null) {
      if (nanos.getAsLong() - kept.since() < TRUSTED_NANOS || answers(kept.connection())) {
        return kept.connection();
      }
      drop(kept.connection());
      dropIdle(); // they were idle even longer, and checking each could take a timeout each
    }
    try {
      Connection fresh = open();
      if (!isTaken(fresh)) {
        drop(fresh);
        throw closed();
      }
      return fresh;
    } catch (
        RuntimeException
            e) { // not only exceptions of Jedis: it fails in other ways at malformed answers
      throw RedisErrors.notReached(server.name(), e);
    }
  }

  synchronized void giveBack(Connection connection) {
    if (taken.remove(connection)) {
      idle.push(new Idle(connection, nanos.getAsLong()));
    }
  }

  /** Closes a connection at once, even while another thread reads or writes. */
  void drop(Connection connection) {
    synchronized (this) {
      taken.remove(connection);
    }
    cut(connection);
  }

  /** Closes those that are not in use. */
  void dropIdle() {
    List<Idle> dropped;
    synchronized (this) {
      dropped = List.copyOf(idle);
      idle.clear();
    }
    dropped.forEach(kept -> cut(kept.connection()));
  }

  /** Closes all, including those in use, whose requests then fail. */
  void close() {
    List<Connection> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(taken);
      idle.forEach(kept -> all.add(kept.connection()));
      taken.clear();
      idle.clear();
    }
    all.forEach(Connections::cut);
  }

  private synchronized Idle poll() throws CallbackException {
    if (closed) {
      throw closed();
    }
    Idle kept = idle.poll();
    if (kept != null) {
      taken.add(kept.connection());
    }
    return kept;
  }

  private synchronized boolean isTaken(Connection fresh) {
    return !closed && taken.add(fresh);
  }

  private CallbackException closed() {
    return CallbackException.unavailable(server.name() + ": closed", null);
  }

  private Connection open() {
    int timeout = Math.toIntExact(server.timeout().toMillis());
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .serverDefaultProtocol() // without HELLO, which Redis 5 and some proxies do not know
            .connectionTimeoutMillis(timeout)
            .socketTimeoutMillis(timeout)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .database(server.database());
    server
        .login()
        .ifPresent(
            login -> {
              login.user().ifPresent(config::user);
              config.password(login.password());
            });
    server
        .tls()
        .ifPresent(
            tls -> {
              SSLParameters checked = new SSLParameters();
              checked.setEndpointIdentificationAlgorithm(
                  "HTTPS"); // this checks the name in the certificate
              config.ssl(true).sslSocketFactory(tls.getSocketFactory()).sslParameters(checked);
            });
    DefaultJedisClientConfig settings = config.build();
    HostAndPort address = new HostAndPort(server.host(), server.port());
    OneSocket socket = new OneSocket(new DefaultJedisSocketFactory(address, settings));
    try {
      Connection fresh = new Connection(socket, settings);
      ask(fresh); // checked before a fire is sent, since a server may accept connections and then
      // hang
      return fresh;
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static boolean answers(Connection connection) {
    try {
      ask(connection);
      return true;
    } catch (RuntimeException e) {
      return false; // a new connection replaces it, and reports the fault if it fails as well
    }
  }

  private static void ask(Connection connection) {
    try {
      connection.ping();
    } catch (JedisDataException e) {
      if (RedisErrors.isOfTheServer(e)) {
        throw e;
      }
      // It answered; that this user may not send PING does not matter.
    }
  }

  private static void cut(Connection connection) {
    try {
      connection.forceDisconnect();
    } catch (IOException e) {
      LoggerFactory.getLogger(Connections.class).debug("a connection did not close", e);
    }
  }
}
