package io.actionscheduler.action;

import java.time.Instant;
import java.util.Optional;

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

  @Override
  void close();
}
