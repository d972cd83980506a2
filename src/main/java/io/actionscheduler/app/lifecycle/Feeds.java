package io.actionscheduler.app.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;

/** The feeds that were started, to be closed together. */
final class Feeds implements AutoCloseable {
  private final Deque<Feed> started = new ArrayDeque<>();

  void start(Feed feed) {
    started.push(feed);
    feed.start();
  }

  @Override
  public void close() {
    started.forEach(Feed::close);
  }
}
