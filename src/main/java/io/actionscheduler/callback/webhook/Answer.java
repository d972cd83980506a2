package io.actionscheduler.callback.webhook;

import io.actionscheduler.callback.CallbackException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What an answer means for a fire. */
final class Answer {
  /** A server may ask for any wait; a fire does not wait longer than this for its next try. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(24);

  private Answer() {}

  /**
   * What the target answered, when it has the fire.
   *
   * @param oneServer whether all fires go to one server, so that it can be unavailable
   * @param sentAt from which a date in {@code Retry-After} is counted, if the server tells no time
   * @throws CallbackException when it does not have it
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
      // Our key is wrong, not the fire: it waits until somebody mends the settings.
      throw CallbackException.unavailable(message, null).withOutput(output);
    }
    throw CallbackException.permanent(message, null).withOutput(output);
  }

  private static Optional<Duration> retryAfter(Reply reply, Instant sentAt) {
    String asked = reply.header("Retry-After").orElse("").strip();
    if (asked.matches("[0-9]{1,9}")) {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(asked))));
    }
    Instant now = reply.header("Date").flatMap(Answer::date).orElse(sentAt);
    return date(asked).map(at -> bounded(Duration.between(now, at)));
  }

  private static Duration bounded(Duration wait) {
    return wait.isNegative()
        ? Duration.ZERO
        : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty(); // a server's slip; the retry policy has a delay of its own
    }
  }

  private static String excerpt(String output) {
    String line = output.strip().lines().findFirst().orElse("");
    return line.isEmpty() ? "" : ": " + (line.length() > 200 ? line.substring(0, 200) + "…" : line);
  }
}
