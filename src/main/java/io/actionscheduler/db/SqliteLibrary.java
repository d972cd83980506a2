package io.actionscheduler.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the folder into which the SQLite driver unpacks its library, and from which it loads it.
 * Hardened hosts mount the usual folder without the right to execute, and containers with a
 * read-only root cannot write to it.
 */
final class SqliteLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);

  /** The driver uses this property before {@code java.io.tmpdir}. */
  private static final String PROPERTY = "org.sqlite.tmpdir";

  private static final Path MOUNTS = Path.of("/proc/self/mounts");

  private SqliteLibrary() {}

  /** The library cannot be loaded from anywhere. */
  static final class NoFolder extends SQLException {
    NoFolder(String message) {
      super(message);
    }
  }

  /**
   * Makes sure that the driver finds a usable folder: the usual one, otherwise the folder of the
   * database. A folder given on the command line is not changed.
   *
   * @param beside the folder of the database
   */
  static void prepare(Path beside) throws NoFolder {
    String asked = System.getProperty(PROPERTY);
    if (asked != null) {
      UnpackedLibrary.load(Path.of(asked));
      return;
    }
    Path usual = Path.of(System.getProperty("java.io.tmpdir"));
    List<String> mounts = mounts();
    Optional<String> fault = fault(usual, mounts);
    if (fault.isEmpty()) {
      UnpackedLibrary.load(usual);
      return;
    }
    if (fault(beside, mounts).isPresent()) {
      throw new NoFolder(
          "SQLite's library cannot be loaded: "
              + fault.get()
              + "; start java with -Dorg.sqlite.tmpdir=FOLDER, a folder that can be written to and is"
              + " not mounted noexec");
    }
    LOG.warn("{}: SQLite's library is loaded from {} instead", fault.get(), beside);
    System.setProperty(PROPERTY, beside.toString());
    UnpackedLibrary.load(beside);
  }

  /** Why nothing can be loaded from {@code folder}; empty where it can. */
  static Optional<String> fault(Path folder, List<String> mounts) {
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      return Optional.of(folder + " cannot be written to");
    }
    return isNoexec(folder.toAbsolutePath().normalize(), mounts)
        ? Optional.of(folder + " is mounted noexec")
        : Optional.empty();
  }

  private static boolean isNoexec(Path folder, List<String> mounts) {
    String options = "";
    Path nearest = null;
    for (String mount : mounts) {
      String[] words = mount.split(" ");
      Path point = words.length < 4 ? null : Path.of(words[1].replace("\\040", " "));
      // Of two mounts at one place, the later one counts.
      if (point != null
          && folder.startsWith(point)
          && (nearest == null || point.getNameCount() >= nearest.getNameCount())) {
        nearest = point;
        options = words[3];
      }
    }
    return Arrays.asList(options.split(",")).contains("noexec");
  }

  /** As Linux lists them; none on another system. */
  private static List<String> mounts() {
    try {
      return Files.exists(MOUNTS) ? Files.readAllLines(MOUNTS) : List.of();
    } catch (IOException e) {
      LOG.debug("{} cannot be read", MOUNTS, e);
      return List.of();
    }
  }
}
