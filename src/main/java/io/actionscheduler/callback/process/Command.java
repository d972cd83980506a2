package io.actionscheduler.callback.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command to run for each fire.
 *
 * @param arguments the program and its arguments; no shell interprets them
 * @param folder in which it runs; empty: that of the scheduler
 * @param environment variables beside those of the fire
 * @param tellsAll whether standard input gets everything about the fire, or only its parameters
 * @param inherits whether it also gets all of the scheduler's own variables
 */
record Command(
    List<String> arguments,
    Optional<Path> folder,
    Map<String, String> environment,
    boolean tellsAll,
    boolean inherits,
    Limits limits) {
  Command {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /**
   * The limits of one run.
   *
   * @param timeout after which it is ended
   * @param grace between asking it to end and killing it
   * @param permanent exit codes after which a fire is given up
   */
  record Limits(Duration timeout, Duration grace, Set<Integer> permanent) {
    Limits {
      permanent = Set.copyOf(permanent);
    }
  }

  /** Its name in messages. */
  String name() {
    return "process " + arguments.get(0);
  }
}
