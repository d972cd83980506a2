package io.actionscheduler.app.lifecycle;

import io.actionscheduler.action.Action;
import io.actionscheduler.engine.intake.Replanned;
import io.actionscheduler.engine.intake.SourceStatus;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;

/** All started feeds. */
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

  /** Each feed reads its source soon: rows may name other callbacks and calendars. */
  void readSoon() {
    started.forEach(Feed::readSoon);
  }

  /** The actions in force of all feeds. */
  CompletableFuture<List<Action>> actions() {
    return all(Feed::actions);
  }

  /**
   * Each feed reschedules its actions in zones whose laws changed.
   *
   * @return the number of actions that fire at other times now
   */
  CompletableFuture<List<Replanned>> lawChanged() {
    return all(Feed::lawChanged);
  }

  private <T> CompletableFuture<List<T>> all(Function<Feed, CompletableFuture<List<T>>> ask) {
    List<CompletableFuture<List<T>>> answers = started.stream().map(ask).toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(all -> answers.stream().flatMap(answer -> answer.join().stream()).toList());
  }

  @Override
  public void close() {
    started.descendingIterator().forEachRemaining(Feed::close);
  }
}
