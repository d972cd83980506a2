package io.actionscheduler.fire;

import java.time.Instant;
import java.util.Optional;

/** Answers to requests that clients may repeat. */
public interface RequestStore {

  /**
   * The answer to a request, or empty when there is none that was given after {@code since}.
   *
   * @throws StoreException when the store cannot be read
   */
  Optional<KeptAnswer> answer(String client, String key, Instant since) throws StoreException;

  /**
   * Stores an answer. Needs no ownership of the store.
   *
   * @param dropped answers given before this moment are removed
   * @throws StoreException when the store cannot be written; nothing is stored then
   */
  void keepAnswer(KeptAnswer answer, Instant dropped) throws StoreException;

  /**
   * Drops the answer to a request, if there is one: it needs no ownership either.
   *
   * @throws StoreException when the store cannot be written
   */
  void dropAnswer(String client, String key) throws StoreException;
}
