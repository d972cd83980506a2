package io.actionscheduler.app.parts;

import io.actionscheduler.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The scheduler's own folders and files, some of which contain passwords. */
final class OwnFiles {
  /** The files that SQLite creates next to a database. */
  private static final List<String> BESIDE = List.of("", "-wal", "-shm", "-journal");

  private OwnFiles() {}

  /**
   * The files of the settings and of SQLite databases, the folders that they are in, the folder
   * that the scheduler was started in and the home of its user.
   */
  static List<Path> of(Settings settings) {
    List<Path> own = new ArrayList<>();
    own.add(Path.of(""));
    own.add(Path.of(System.getProperty("user.home")));
    settings.files().forEach(file -> withFolder(own, file));
    Stream.concat(settings.actionsDb().stream(), settings.internalDb().stream())
        .flatMap(database -> database.file().stream())
        .forEach(
            file ->
                BESIDE.forEach(
                    ending -> withFolder(own, file.resolveSibling(file.getFileName() + ending))));
    return own.stream().distinct().toList();
  }

  private static void withFolder(List<Path> own, Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    own.add(absolute);
    if (absolute.getParent() != null) {
      own.add(absolute.getParent());
    }
  }
}
