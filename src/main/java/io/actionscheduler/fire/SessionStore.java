package io.actionscheduler.fire;

import java.time.Instant;
import java.util.Optional;

/**
 * When schedulers of this store ran: between two of these times, none did. What lives no longer
 * than its scheduler keeps nothing.
 */
public interface SessionStore {
  /** As many are kept; older ones are dropped. */
  int MOST_SESSIONS = 10_000;

  /** Keeps a session in the place of the one that began at the same time. */
  default void keepSession(Session session) throws StoreException {}

  /** The latest session that began at or before {@code at}. */
  default Optional<Session> sessionBefore(Instant at) throws StoreException {
    return Optional.empty();
  }

  /** The earliest session that began after {@code at}. */
  default Optional<Session> sessionAfter(Instant at) throws StoreException {
    return Optional.empty();
  }
}
