package io.actionscheduler.callback.redis;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends many fires without waiting for the answers between them, those of one list together. A fire
 * is delivered when Redis answered that it has carried out its request.
 */
final class RedisCallback implements BatchCallback {
  private static final Logger log = LoggerFactory.getLogger(RedisCallback.class);
  private static final int BATCH = 10_000;

  private final Server server;
  private final Requests requests;
  private final Connections connections;
  private final int concurrency;

  RedisCallback(Server server, Requests requests, int concurrency) {
    this.server = requireNonNull(server, "server is null");
    this.requests = requireNonNull(requests, "requests is null");
    this.connections = new Connections(server, System::nanoTime);
    this.concurrency = concurrency;
  }

  @Override
  public void warmUp() {
    try {
      connections.giveBack(connections.take());
    } catch (CallbackException e) {
      log.warn("{}; its fires wait until it is available", e.getMessage());
    }
  }

  @Override
  public void deliver(List<Delivery> batch, Report report) {
    new Pipeline(server, requests, connections, batch, report).deliver();
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public void close() {
    connections.close();
  }
}
