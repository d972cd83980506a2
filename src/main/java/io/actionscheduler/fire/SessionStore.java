package io.actionscheduler.fire;

import java.time.Instant;
import java.util.Optional;

/**
 * When schedulers of this store ran: between two sessions, none did. A store that lasts no longer
 * than its scheduler stores no sessions.
 */
public interface SessionStore {
  /** The number of sessions that are stored; older ones are deleted. */
  int MOST_SESSIONS = 10_000;

  /**
   * Stores a session, in place of one that began at the same time.
   *
   * @throws StoreException when the store cannot be written, or another process owns it; nothing is
   *     stored then
   */
  default void keepSession(Session session) throws StoreException {}

  /**
   * The latest session that began at or before {@code at}.
   *
   * @throws StoreException when the store cannot be read
   */
  default Optional<Session> sessionBefore(Instant at) throws StoreException {
    return Optional.empty();
  }

  /**
   * The earliest session that began after {@code at}.
   *
   * @throws StoreException when the store cannot be read
   */
  default Optional<Session> sessionAfter(Instant at) throws StoreException {
    return Optional.empty();
  }
}
