package io.actionscheduler.callback.redis;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** One batch over one connection: requests go out together, their answers are read together. */
final class Pipeline {
  /** So few that their answers fit into the buffers between: neither side waits for the other. */
  private static final int CHUNK = 1_000;

  /** Commands may have a megabyte each: so much is held at a time. */
  private static final int CHUNK_CHARACTERS = 4_000_000;

  private final Server server;
  private final Requests requests;
  private final Connection connection;
  private final Connections connections;

  Pipeline(Server server, Requests requests, Connection connection, Connections connections) {
    this.server = requireNonNull(server, "server is null");
    this.requests = requireNonNull(requests, "requests is null");
    this.connection = requireNonNull(connection, "connection is null");
    this.connections = requireNonNull(connections, "connections is null");
  }

  /** Delivers and reports on all; whether the connection is still good. */
  boolean deliver(List<Delivery> batch, Report report) {
    int next = 0;
    while (next < batch.size()) {
      Chunk chunk = new Chunk(batch, report);
      next = chunk.fill(next);
      CompletableFuture<Void> inTime = watch();
      JedisException broken = new JedisConnectionException("it took too long");
      boolean good = true;
      try {
        chunk.exchange();
      } catch (JedisException e) {
        broken = e;
        good = false;
      } finally {
        good &= inTime.complete(null); // late: cut, though all answers may have been there
      }
      if (!good) {
        CallbackException why = Failures.notReached(server.name(), broken);
        for (int i = next; i < batch.size(); i++) {
          report.failed(i, why);
        }
        return false;
      }
    }
    return true;
  }

  /** Breaks the connection when it takes too long: a blocked write has no limit of its own. */
  private CompletableFuture<Void> watch() {
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

  /** Fires whose requests go out before any of the answers is read. */
  private final class Chunk {
    private final List<Delivery> batch;
    private final Report report;
    private final List<Request> made = new ArrayList<>();
    private long characters;
    private int sent;
    private int answered;

    Chunk(List<Delivery> batch, Report report) {
      this.batch = batch;
      this.report = report;
    }

    /** Makes the requests of the fires from {@code first} on; the first that has no room. */
    int fill(int first) {
      Map<String, Request> open = new HashMap<>();
      int next = first;
      while (next < batch.size() && next - first < CHUNK && characters < CHUNK_CHARACTERS) {
        make(next++, open);
      }
      return next;
    }

    /** Reports on all of it, also when it throws. */
    void exchange() {
      try {
        for (Request request : made) {
          sent++; // before: a request that breaks off may be complete on the wire
          connection.sendCommand(request.command());
        }
        for (Request request : made) {
          read(request);
          answered++;
        }
      } catch (JedisException e) {
        CallbackException unknown = Failures.notAnswered(server.name(), e);
        CallbackException unsent = Failures.notReached(server.name(), e);
        for (int i = answered; i < made.size(); i++) {
          failed(made.get(i), i < sent ? unknown : unsent);
        }
        throw e;
      }
    }

    private void make(int index, Map<String, Request> open) {
      try {
        Requests.Entry entry = requests.of(batch.get(index));
        Request request = open.get(entry.key());
        if (request == null || request.isFull() || !requests.place().takesMany()) {
          request = new Request(requests.place(), entry.key());
          open.put(entry.key(), request);
          made.add(request);
        }
        request.add(index, entry.arguments());
        characters += entry.characters();
      } catch (CallbackException e) {
        report.failed(index, e);
      }
    }

    private void read(Request request) {
      try {
        requests.check(connection.getOne());
        request.fires().forEach(report::delivered);
      } catch (JedisDataException e) {
        failed(request, Failures.refused(server.name(), e));
      } catch (CallbackException e) {
        failed(request, e);
      }
    }

    private void failed(Request request, CallbackException why) {
      request.fires().forEach(index -> report.failed(index, why));
    }
  }
}
