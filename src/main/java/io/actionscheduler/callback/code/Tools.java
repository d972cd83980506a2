package io.actionscheduler.callback.code;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds the system's programs that set limits and make sandboxes, in the folders where the system
 * installs programs and never in a PATH that somebody may have set.
 */
final class Tools {
  /** The PATH that jobs get, too. */
  static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private Tools() {}

  /** The program's path, or empty where it is not installed. */
  static Optional<String> find(String name) {
    for (String folder : List.of(PATH.split(":"))) {
      Path program = Path.of(folder, name);
      if (Files.isExecutable(program) && !Files.isDirectory(program)) {
        return Optional.of(program.toString());
      }
    }
    return Optional.empty();
  }
}
