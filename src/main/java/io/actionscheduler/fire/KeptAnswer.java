package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The answer to a request, stored in case the client repeats the request because the answer was
 * lost.
 *
 * @param client who sent it
 * @param key the client's key for the request
 * @param fingerprint of the request: another request must not use the same key
 * @param answer the answer as text
 */
public record KeptAnswer(
    String client, String key, String fingerprint, Instant answeredAt, String answer) {
  public KeptAnswer {
    requireNonNull(client, "client is null");
    requireNonNull(key, "key is null");
    requireNonNull(fingerprint, "fingerprint is null");
    requireNonNull(answeredAt, "answeredAt is null");
    requireNonNull(answer, "answer is null");
  }
}
