package io.actionscheduler.callback.redis;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** One batch over one connection: requests go out together, their answers are read together. */
final class Pipeline {
  /** So few that their answers fit into the buffers between: neither side waits for the other. */
  private static final int CHUNK = 1_000;

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
    for (int from = 0; from < batch.size(); from += CHUNK) {
      int to = Math.min(batch.size(), from + CHUNK);
      CompletableFuture<Void> inTime = watch();
      try {
        new Chunk(batch, from, to, report).exchange();
      } catch (JedisException e) {
        CallbackException why = Failures.notReached(server.name(), e);
        for (int i = to; i < batch.size(); i++) {
          report.failed(i, why);
        }
        return false;
      } finally {
        inTime.complete(null);
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

  /** Requests that go out before any of their answers is read. */
  private final class Chunk {
    private final List<Delivery> batch;
    private final int from;
    private final int to;
    private final Report report;
    private final int[] sent;
    private int count;
    private int answered;

    Chunk(List<Delivery> batch, int from, int to, Report report) {
      this.batch = batch;
      this.from = from;
      this.to = to;
      this.report = report;
      this.sent = new int[to - from];
    }

    /** Reports on all of it, also when it throws. */
    void exchange() {
      int next = from;
      try {
        for (; next < to; next++) {
          send(next);
        }
        for (; answered < count; answered++) {
          read(sent[answered]);
        }
      } catch (JedisException e) {
        CallbackException unknown = Failures.notAnswered(server.name(), e);
        for (int i = answered; i < count; i++) {
          report.failed(sent[i], unknown);
        }
        for (int i = next + 1; i < to; i++) {
          report.failed(i, Failures.notReached(server.name(), e));
        }
        throw e;
      }
    }

    private void send(int index) {
      CommandArguments request;
      try {
        request = requests.of(batch.get(index));
      } catch (CallbackException e) {
        report.failed(index, e);
        return;
      }
      sent[count++] = index; // before: a request that breaks off may be complete on the wire
      connection.sendCommand(request);
    }

    private void read(int index) {
      try {
        requests.check(connection.getOne());
        report.delivered(index);
      } catch (JedisDataException e) {
        report.failed(index, Failures.refused(server.name(), e));
      } catch (CallbackException e) {
        report.failed(index, e);
      }
    }
  }
}
