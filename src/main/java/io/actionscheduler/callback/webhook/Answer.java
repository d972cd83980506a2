package io.actionscheduler.callback.webhook;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.text.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides what an answer means for a fire. */
final class Answer {
  /** A server may ask for any wait; a fire waits at most this long for its next attempt. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(24);

  private Answer() {}

  /**
   * The answer of the target, if it took the fire.
   *
   * @param oneServer whether all fires go to one server, so that it can be unavailable
   * @param sentAt the moment from which a date in {@code Retry-After} is counted, if the server
   *     sends no date
   * @throws CallbackException when the target did not take it
   */
  static String of(Reply reply, boolean oneServer, Instant sentAt) throws CallbackException {
    int status = reply.status();
    String output = reply.text();
    String message = Requests.shown(reply.address()) + " answered " + status + excerpt(output);
    if (status >= 200 && status < 300) {
      return output;
    }
    if (status >= 500 || status == 408 || status == 425 || status == 429) {
      CallbackException refused = CallbackException.refused(message, null).withOutput(output);
      Optional<Duration> wait = retryAfter(reply, sentAt);
      throw wait.isPresent() ? refused.retryAfter(wait.get()) : refused;
    }
    if (oneServer && (status == 401 || status == 407)) {
      // The key is wrong, not the fire, which waits until somebody corrects the settings.
      throw CallbackException.unavailable(message, null).withOutput(output);
    }
    throw CallbackException.permanent(message, null).withOutput(output);
  }

  private static Optional<Duration> retryAfter(Reply reply, Instant sentAt) {
    return reply
        .header("Retry-After")
        .flatMap(value -> RetryAfter.read(value, reply.header("Date"), sentAt))
        .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }

  private static String excerpt(String output) {
    String line = output.strip().lines().findFirst().orElse("");
    return line.isEmpty() ? "" : ": " + (line.length() > 200 ? line.substring(0, 200) + "…" : line);
  }
}
