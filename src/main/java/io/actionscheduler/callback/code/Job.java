package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is run for one fire.
 *
 * @param program the program and its arguments; paths of files are relative to the job's folder
 * @param files by name, the texts to write into the job's folder
 * @param environment variables beside those that every job has
 * @param timeLimit after which it is ended
 */
record Job(
    List<String> program,
    Map<String, String> files,
    Map<String, String> environment,
    Duration timeLimit) {
  Job {
    program = List.copyOf(program);
    files = Map.copyOf(files);
    environment = Map.copyOf(environment);
    requireNonNull(timeLimit, "timeLimit is null");
  }
}
