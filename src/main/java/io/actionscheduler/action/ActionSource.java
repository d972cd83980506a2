package io.actionscheduler.action;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/** Where actions come from. Used by one thread at a time. */
public interface ActionSource extends AutoCloseable {

  /** Short and unique among the sources: {@code table}, {@code rest}. */
  String name();

  /**
   * Reads the source at {@code now}; empty when it certainly has not changed since this object read
   * {@code last}. Unchanged actions are the same objects as in {@code last}.
   *
   * @throws SourceException when the source cannot be read
   */
  Optional<Snapshot> poll(Snapshot last, Instant now) throws SourceException;

  /**
   * Reads only these ids, which this program wrote itself, and gives {@code last} with their new
   * values. Empty where the source cannot do this, or did not read {@code last} itself: then the
   * next {@link #poll} finds the changes.
   *
   * @throws SourceException when the source cannot be read
   */
  default Optional<Snapshot> look(Snapshot last, SortedSet<ActionId> ids) throws SourceException {
    return Optional.empty();
  }

  @Override
  void close();
}
