package io.actionscheduler.callback.code;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program that runs as a job.
 *
 * @param command the program and its arguments; paths of files are relative to the job's folder
 * @param files by name, the contents to write into the job's folder
 * @param environment variables that the program needs
 * @param needs folders that it reads and that do not belong to the system
 */
record Program(
    List<String> command,
    Map<String, byte[]> files,
    Map<String, String> environment,
    List<Path> needs) {
  Program {
    command = List.copyOf(command);
    files = Map.copyOf(files);
    environment = Map.copyOf(environment);
    needs = List.copyOf(needs);
  }

  /** A program that reads {@code text} from {@code file}. */
  static Program ofText(List<String> command, String file, String text, List<Path> needs) {
    return new Program(
        command, Map.of(file, text.getBytes(StandardCharsets.UTF_8)), Map.of(), needs);
  }
}
