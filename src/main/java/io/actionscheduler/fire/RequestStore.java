package io.actionscheduler.fire;

import java.time.Instant;
import java.util.Optional;

/** Answers to requests that may come again. */
public interface RequestStore {

  /** The answer to a request, or empty when there is none that was given after {@code since}. */
  Optional<KeptAnswer> answer(String client, String key, Instant since) throws StoreException;

  /**
   * Keeps an answer: it needs no ownership, and touches nothing else.
   *
   * @param dropped those that were given before are dropped
   */
  void keepAnswer(KeptAnswer answer, Instant dropped) throws StoreException;
}
