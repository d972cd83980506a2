package io.actionscheduler.config;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings of alerts and of disable_after. */
final class AlertKeys {
  static final String SECTION = "alerts";

  private static final Type<Optional<Duration>> WAIT =
      Types.orNone(Types.duration(Duration.ofSeconds(1)));

  static final Key<String> CALLBACK = Key.of("alerts.callback", Types.NAME);
  static final Key<Optional<Integer>> FAILURES_IN_A_ROW =
      Key.of("alerts.failures_in_a_row", Types.orNone(Types.integer(1, 1_000_000)), "1");
  static final Key<Optional<Duration>> LATE_BY = Key.of("alerts.late_by", WAIT, "1m");
  static final Key<Optional<Duration>> UNAVAILABLE_FOR =
      Key.of("alerts.unavailable_for", WAIT, "1m");
  static final Key<Optional<Duration>> OVERDUE_FOR = Key.of("alerts.overdue_for", WAIT, "1m");
  static final Key<Boolean> RECOVERED = Key.of("alerts.recovered", Types.FLAG, "true");

  static final Key<Optional<Integer>> DISABLE_AFTER =
      Key.of("disable_after", Types.orNone(Types.integer(1, 1_000_000)), "none");

  private AlertKeys() {}

  static Stream<Key<?>> all() {
    return Stream.of(
        CALLBACK,
        FAILURES_IN_A_ROW,
        LATE_BY,
        UNAVAILABLE_FOR,
        OVERDUE_FOR,
        RECOVERED,
        DISABLE_AFTER);
  }
}
