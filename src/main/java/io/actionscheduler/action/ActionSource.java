package io.actionscheduler.action;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/** Where actions come from. Used by one thread at a time. */
public interface ActionSource extends AutoCloseable {

  /** Short and unique among the sources: {@code table}, {@code rest}. */
  String name();

  /**
   * The source as it stands at {@code now}, or empty when it surely has not changed since {@code
   * last} was read by this very object. Actions that did not change are the same objects as in
   * {@code last}.
   */
  Optional<Snapshot> poll(Snapshot last, Instant now) throws SourceException;

  /**
   * {@code last} with these ids as they stand now, for rows of which this program knows that it
   * wrote them; or empty where the source has no such way, or did not give {@code last} itself: the
   * next {@link #poll} finds them.
   */
  default Optional<Snapshot> look(Snapshot last, SortedSet<ActionId> ids) throws SourceException {
    return Optional.empty();
  }

  @Override
  void close();
}
