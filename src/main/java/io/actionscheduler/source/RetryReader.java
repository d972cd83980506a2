package io.actionscheduler.source;

import io.actionscheduler.action.RetryPolicy;
import io.actionscheduler.text.DidYouMean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the column {@code retry}. */
final class RetryReader {
  private static final String MAX = "max_retries";
  private static final String DELAY = "retry_delay";
  private static final String FACTOR = "backoff_factor";
  private static final List<String> KEYS = List.of(MAX, DELAY, FACTOR);

  private RetryReader() {}

  /**
   * The action's own retry, with values that it leaves out from {@link RetryPolicy#DEFAULT}; empty
   * for NULL and {@code {}}.
   */
  static Optional<RetryPolicy> read(String text) throws InvalidRow {
    Map<String, Object> members = Values.object(Column.RETRY, text);
    if (members.isEmpty()) {
      return Optional.empty();
    }
    for (String key : members.keySet()) {
      if (!KEYS.contains(key)) {
        String allowed = "allowed are " + String.join(", ", KEYS);
        throw fault(text, key, "unknown; " + allowed + DidYouMean.hint(key, KEYS));
      }
    }
    RetryPolicy usual = RetryPolicy.DEFAULT;
    double max = number(text, members, MAX, usual.maxRetries(), 0, 1_000_000);
    if (max != Math.rint(max)) {
      throw fault(text, MAX, "allowed are whole numbers");
    }
    double delay =
        number(text, members, DELAY, usual.retryDelay().toMillis() / 1000.0, 0.001, 31_536_000);
    double factor = number(text, members, FACTOR, usual.backoffFactor(), 1, 1_000);
    return Optional.of(
        new RetryPolicy((int) max, Duration.ofMillis(Math.round(delay * 1000)), factor));
  }

  private static double number(
      String text,
      Map<String, Object> members,
      String key,
      double otherwise,
      double least,
      int most)
      throws InvalidRow {
    Object value = members.get(key);
    if (value == null) {
      return otherwise;
    }
    double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
    if (number >= least && number <= most) {
      return number;
    }
    String from = least == Math.rint(least) ? Long.toString((long) least) : "" + least;
    throw fault(text, key, "allowed are numbers from " + from + " to " + most);
  }

  private static InvalidRow fault(String text, String key, String problem) {
    return InvalidRow.of(Column.RETRY, text, key + ": " + problem);
  }
}
