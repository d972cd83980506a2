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

/** The connections to one Redis, pooled; there are as many as are used at the same time. */
final class Connections {
  /** A connection that lay longer may have been closed by the other side: it is asked first. */
  private static final long TRUSTED_NANOS = 1_000_000_000L;

  private record Idle(Connection connection, long since) {}

  private final Server server;
  private final LongSupplier nanos;
  private final Deque<Idle> idle = new ArrayDeque<>();
  private final Set<Connection> taken = new HashSet<>();
  private boolean closed;

  /**
   * @param nanos as {@link System#nanoTime} counts them
   */
  Connections(Server server, LongSupplier nanos) {
    this.server = requireNonNull(server, "server is null");
    this.nanos = requireNonNull(nanos, "nanos is null");
  }

  /**
   * A connection that is up, to be given back or dropped.
   *
   * @throws CallbackException when there is none to be had: Redis is unavailable
   */
  Connection take() throws CallbackException {
    Idle kept = poll();
    if (kept != null) {
      if (nanos.getAsLong() - kept.since() < TRUSTED_NANOS || answers(kept.connection())) {
        return kept.connection();
      }
      drop(kept.connection());
      dropIdle(); // they lay longer still, and to ask each would take a time-out each
    }
    try {
      Connection fresh = open();
      if (!isTaken(fresh)) {
        drop(fresh);
        throw closed();
      }
      return fresh;
    } catch (RuntimeException e) { // not of Jedis alone: odd answers make it fail in odd ways
      throw RedisErrors.notReached(server.name(), e);
    }
  }

  synchronized void giveBack(Connection connection) {
    if (taken.remove(connection)) {
      idle.push(new Idle(connection, nanos.getAsLong()));
    }
  }

  /** Closes a connection at once, whoever reads from it or writes to it. */
  void drop(Connection connection) {
    synchronized (this) {
      taken.remove(connection);
    }
    cut(connection);
  }

  /** Closes those that nobody uses. */
  void dropIdle() {
    List<Idle> dropped;
    synchronized (this) {
      dropped = List.copyOf(idle);
      idle.clear();
    }
    dropped.forEach(kept -> cut(kept.connection()));
  }

  /** Closes all; what is under way on them breaks off. */
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
            .serverDefaultProtocol() // no HELLO: Redis 5 and some proxies know none
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
              checked.setEndpointIdentificationAlgorithm("HTTPS"); // that is: check the name
              config.ssl(true).sslSocketFactory(tls.getSocketFactory()).sslParameters(checked);
            });
    DefaultJedisClientConfig settings = config.build();
    HostAndPort address = new HostAndPort(server.host(), server.port());
    OneSocket socket = new OneSocket(new DefaultJedisSocketFactory(address, settings));
    try {
      Connection fresh = new Connection(socket, settings);
      ask(fresh); // before a fire is sent to a server that accepts connections and then hangs
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
      return false; // a fresh one takes its place, and tells what is wrong if that fails too
    }
  }

  private static void ask(Connection connection) {
    try {
      connection.ping();
    } catch (JedisDataException e) {
      if (RedisErrors.isOfTheServer(e)) {
        throw e;
      }
      // It answered; that this user may not ask does not matter.
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
