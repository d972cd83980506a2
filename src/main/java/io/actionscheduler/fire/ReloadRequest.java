package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A command asks the running scheduler to read its settings again.
 *
 * @param askedAt tells requests apart; microseconds
 * @param answer empty until the scheduler has answered
 */
public record ReloadRequest(Instant askedAt, Optional<Answer> answer) {

  /**
   * The answer of the scheduler.
   *
   * @param done whether the new settings are in force; otherwise nothing has changed
   * @param text a line for each thing that people should know
   */
  public record Answer(boolean done, String text) {
    public Answer {
      requireNonNull(text, "text is null");
    }
  }

  public ReloadRequest {
    requireNonNull(askedAt, "askedAt is null");
    requireNonNull(answer, "answer is null");
  }
}
