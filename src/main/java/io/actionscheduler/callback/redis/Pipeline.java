package io.actionscheduler.callback.redis;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import redis.clients.jedis.Connection;

/**
 * One batch, over one connection as long as Redis keeps it: requests go out together, their answers
 * are read together.
 */
final class Pipeline {
  /**
   * Few enough that their answers fit into network buffers, so that neither side waits for the
   * other.
   */
  private static final int CHUNK = 1_000;

  /** The most characters that are held at a time, since messages may be long. */
  private static final int CHUNK_CHARACTERS = 4_000_000;

  private final Server server;
  private final Requests requests;
  private final Connections connections;
  private final List<Delivery> batch;
  private final Report report;
  private final Deque<Integer> left = new ArrayDeque<>();
  private final Set<Integer> singly = new HashSet<>();

  Pipeline(
      Server server,
      Requests requests,
      Connections connections,
      List<Delivery> batch,
      Report report) {
    this.server = requireNonNull(server, "server is null");
    this.requests = requireNonNull(requests, "requests is null");
    this.connections = requireNonNull(connections, "connections is null");
    this.batch = requireNonNull(batch, "batch is null");
    this.report = requireNonNull(report, "report is null");
    IntStream.range(0, batch.size()).forEach(left::add);
  }

  /** Delivers and reports on all. */
  void deliver() {
    try {
      while (!left.isEmpty()) {
        checkGoingOn();
        sendOver(connections.take());
      }
    } catch (CallbackException e) {
      left.forEach(index -> report.failed(index, e));
    }
  }

  /**
   * Sends until everything is sent, or Redis closes the connection.
   *
   * @throws CallbackException when another connection would fail as well
   */
  private void sendOver(Connection connection) throws CallbackException {
    boolean good = true;
    try {
      while (good && !left.isEmpty()) {
        checkGoingOn();
        good = false; // also when something unexpected is thrown
        good = exchange(connection);
      }
    } finally {
      if (good) {
        connections.giveBack(connection);
      } else {
        connections.drop(connection);
      }
    }
  }

  private void checkGoingOn() throws CallbackException {
    if (Thread.currentThread().isInterrupted()) {
      throw CallbackException.unavailable(server.name() + ": stopped before it was sent", null);
    }
  }

  /** Sends the next chunk; gives whether the connection can still be used. */
  private boolean exchange(Connection connection) throws CallbackException {
    Exchange exchange = new Exchange(server, requests, chunk(), report);
    CompletableFuture<Void> inTime = watch(connection);
    boolean cut;
    try {
      exchange.over(connection);
    } finally {
      cut = !inTime.complete(null); // possibly after the last answer, where nothing else shows it
    }
    if (exchange.unavailable().isPresent()) {
      connections.dropIdle(); // its name may have another address by now
      throw exchange.unavailable().get();
    }
    if (cut) {
      throw CallbackException.unavailable(server.name() + ": took too long", null);
    }
    exchange.behind().forEach(left::addLast);
    exchange.singly().forEach(left::addLast);
    singly.addAll(exchange.singly());
    return !exchange.hungUp();
  }

  /** Cuts the connection when it takes too long: a blocked write has no timeout of its own. */
  private CompletableFuture<Void> watch(Connection connection) {
    CompletableFuture<Void> inTime = new CompletableFuture<>();
    long limit = 2 * server.timeout().toMillis();
    inTime
        .orTimeout(limit, TimeUnit.MILLISECONDS)
        .whenComplete(
            (done, late) -> {
              if (late != null) {
                connections.drop(connection);
              }
            });
    return inTime;
  }

  /** The requests of the next fires. One that may be too large for Redis is sent by itself. */
  private List<Request> chunk() {
    List<Request> made = new ArrayList<>();
    Map<String, Request> open = new HashMap<>();
    int fires = 0;
    long characters = 0;
    boolean byItself = false;
    while (!left.isEmpty() && fires < CHUNK && characters < CHUNK_CHARACTERS && !byItself) {
      int index = left.remove();
      try {
        Requests.Entry entry = requests.of(batch.get(index));
        byItself = singly.contains(index) || entry.characters() > Request.MOST_CHARACTERS;
        if (byItself && !made.isEmpty()) {
          left.addFirst(index);
          break;
        }
        Request request = open.get(entry.key());
        if (request == null || !request.hasRoomFor(entry)) {
          request = new Request(requests.place(), entry.key());
          open.put(entry.key(), request);
          made.add(request);
        }
        request.add(index, entry);
        fires++;
        characters += entry.characters();
      } catch (CallbackException e) {
        report.failed(index, e);
      }
    }
    return made;
  }
}
