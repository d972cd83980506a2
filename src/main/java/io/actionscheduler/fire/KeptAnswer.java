package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * How a request was answered, for when it comes again because the answer was lost.
 *
 * @param client who sent it
 * @param key that the client gave it
 * @param fingerprint of what was asked: the same key must not ask for something else
 * @param answer as whoever answered wrote it down
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
