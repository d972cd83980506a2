package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;

/**
 * What is run for one fire.
 *
 * @param environment variables beside those that every job has
 * @param timeLimit after which it is ended
 */
record Job(Program program, Map<String, String> environment, Duration timeLimit) {
  Job {
    requireNonNull(program, "program is null");
    environment = Map.copyOf(environment);
    requireNonNull(timeLimit, "timeLimit is null");
  }
}
