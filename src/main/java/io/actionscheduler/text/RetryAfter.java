package io.actionscheduler.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The header {@code Retry-After} of an answer: a number of seconds, or a date. */
public final class RetryAfter {
  private RetryAfter() {}

  /**
   * How long the server asks to wait; zero for a date in the past, empty for an invalid value.
   *
   * @param value of the header
   * @param date the header {@code Date} of the answer, from which a date is counted; empty or
   *     invalid: {@code sentAt} is used
   * @param sentAt when the request was sent
   */
  public static Optional<Duration> read(String value, Optional<String> date, Instant sentAt) {
    String asked = value.strip();
    if (asked.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(asked)));
    }
    Instant now = date.flatMap(RetryAfter::instant).orElse(sentAt);
    return instant(asked)
        .map(at -> Duration.between(now, at))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty(); // whoever asked has a wait of its own
    }
  }
}
