package io.actionscheduler.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends connections whose client takes too long for the head of a request. Jetty limits only the
 * time between two bytes: with a byte a second, a head of 16 KiB would take hours.
 */
final class HeadLimit implements LifeCycle.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(HeadLimit.class);
  private static final long LOOK_MILLIS = 500;

  private final ServerConnector connector;
  private final Duration limit;

  private HeadLimit(ServerConnector connector, Duration limit) {
    this.connector = connector;
    this.limit = limit;
  }

  /** Lets {@code connector}, which makes its connections by {@link Timed}, keep to a limit. */
  static void on(ServerConnector connector, Duration limit) {
    connector.addEventListener(new HeadLimit(connector, limit));
  }

  /** The head of {@code request} is there. */
  static void headCame(Request request) {
    EndPoint at = request.getConnectionMetaData().getConnection().getEndPoint();
    while (at instanceof EndPoint.Wrapper wrapper) { // TLS
      at = wrapper.unwrap();
    }
    if (at instanceof Timed timed) {
      timed.headCame(request);
      Request.addCompletionListener(request, fault -> timed.answered(request));
    }
  }

  @Override
  public void lifeCycleStarted(LifeCycle started) {
    connector.getScheduler().schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    for (EndPoint each : connector.getConnectedEndPoints()) {
      if (each instanceof Timed timed && timed.waitsSince(now).compareTo(limit) > 0) {
        LOG.debug("{}: the head of a request took more than {}", each, limit);
        each.close();
      }
    }
    if (connector.isRunning()) {
      connector.getScheduler().schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** A connection that knows since when it waits for the rest of a head. */
  static final class Timed extends SocketChannelEndPoint {
    private static final long NOT = Long.MIN_VALUE;

    private volatile long begunAt = NOT; // the first byte of a head came
    private volatile boolean awaited = true; // a head comes next
    private volatile Request latest; // null before the first

    Timed(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
      super(channel, selector, key, scheduler);
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
      int filled = super.fill(buffer);
      if (filled > 0 && awaited && begunAt == NOT) {
        begunAt = System.nanoTime();
      }
      return filled;
    }

    private void headCame(Request request) {
      latest = request;
      awaited = false;
      begunAt = NOT;
    }

    private void answered(Request request) {
      if (latest == request) { // else the next one was sent right behind it
        awaited = true;
      }
    }

    private Duration waitsSince(long now) {
      long since = begunAt;
      return since == NOT ? Duration.ZERO : Duration.ofNanos(now - since);
    }
  }
}
