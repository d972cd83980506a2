package io.actionscheduler.app.lifecycle;

import io.actionscheduler.engine.intake.SourceStatus;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/** The feeds that were started, to be asked and to be closed together. */
final class Feeds implements AutoCloseable, Running.Health {
  private final Deque<Feed> started = new ConcurrentLinkedDeque<>();
  private volatile boolean ready;

  void start(Feed feed) {
    started.addLast(feed);
    feed.start();
  }

  /** Actions are in force. */
  void ready() {
    ready = true;
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public List<SourceStatus> sources() {
    return started.stream().map(Feed::status).toList();
  }

  @Override
  public void close() {
    started.descendingIterator().forEachRemaining(Feed::close);
  }
}
