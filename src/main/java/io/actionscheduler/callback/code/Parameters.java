package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.template.JsonText;
import io.actionscheduler.text.TimeSpan;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of an action, as a callback that runs code reads them. An invalid parameter is a
 * permanent failure that says what is allowed.
 */
record Parameters(Map<String, Object> values) {
  /** What all messages begin with. */
  static final String SUBJECT = "parameters: ";

  private static final int LONGEST_SHOWN = 60;

  Parameters {
    requireNonNull(values, "values is null");
  }

  /**
   * A required text.
   *
   * @throws CallbackException when it is missing, blank or not a text
   */
  String text(String name) throws CallbackException {
    Object value = values.get(name);
    if (value == null) {
      throw CallbackException.permanent(
          SUBJECT + "\"" + name + "\" is required, and not set", null);
    }
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    throw invalid(name, value, "a text that is not empty");
  }

  /**
   * A required whole number.
   *
   * @throws CallbackException when it is missing, not a whole number or out of range
   */
  int number(String name, int least, int most) throws CallbackException {
    Object value = values.get(name);
    if (value == null) {
      throw CallbackException.permanent(
          SUBJECT + "\"" + name + "\" is required, and not set; allowed: " + range(least, most),
          null);
    }
    if (value instanceof Long number && number >= least && number <= most) {
      return number.intValue();
    }
    throw invalid(name, value, range(least, most));
  }

  /**
   * How long the job may run: seconds as a number, or a span such as {@code 5m}.
   *
   * @throws CallbackException when it is not a span, or longer than {@code most}
   */
  Duration timeLimit(Duration otherwise, Duration most) throws CallbackException {
    Object value = values.get("time_limit");
    if (value == null) {
      return otherwise;
    }
    Optional<Duration> span =
        value instanceof String || value instanceof Number
            ? TimeSpan.read(plain(value))
            : Optional.empty();
    if (span.isPresent() && !span.get().isZero() && span.get().compareTo(most) <= 0) {
      return span.get();
    }
    throw invalid(
        "time_limit",
        value,
        TimeSpan.ALLOWED + "; more than 0, at most " + most.toSeconds() + " s");
  }

  private static String plain(Object value) {
    return value instanceof Double number && Double.isFinite(number)
        ? BigDecimal.valueOf(number).toPlainString()
        : value.toString();
  }

  CallbackException invalid(String name, Object value, String allowed) {
    String shown = JsonText.of(value);
    return CallbackException.permanent(
        SUBJECT
            + "\""
            + name
            + "\": "
            + (shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "…" : shown)
            + " is not allowed; allowed: "
            + allowed,
        null);
  }

  private static String range(int least, int most) {
    return "a whole number from " + least + " to " + most;
  }
}
