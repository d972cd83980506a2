package io.actionscheduler.db;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Has the driver of SQLite load its library from a copy that is made here, on Linux. The driver's
 * own way compares its copy byte by byte, which takes a third of a command's time, and leaves the
 * copy behind when the process is killed.
 */
final class UnpackedLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(UnpackedLibrary.class);
  private static final String PLACE = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";
  private static final String FILE = "libsqlitejdbc.so";
  private static final int MOST_TRIES = 1000;

  private static boolean done;

  private UnpackedLibrary() {}

  /**
   * Loads it once in the process. If that fails, the driver does it in its own way, and reports the
   * reason.
   *
   * @param folder where the copy is for as long as it takes to load it
   */
  static synchronized void load(Path folder) {
    Optional<String> resource = resource();
    if (done || resource.isEmpty() || System.getProperty(PLACE) != null) {
      return;
    }
    done = true;
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource.get())) {
      if (in != null) {
        load(in, own(folder));
      }
    } catch (Exception e) { // what the driver's method declares
      LOG.debug("SQLite's library could not be unpacked in {}", folder, e);
    }
  }

  private static void load(InputStream library, Path own) throws Exception {
    Path file = own.resolve(FILE);
    try {
      Files.copy(library, file);
      System.setProperty(PLACE, own.toString());
      System.setProperty(NAME, FILE);
      SQLiteJDBCLoader.initialize();
    } finally {
      System.clearProperty(PLACE);
      System.clearProperty(NAME);
      Files.deleteIfExists(file); // what is loaded stays loaded
      Files.delete(own);
    }
  }

  /** A new folder that nobody else can write to. */
  private static Path own(Path folder) throws IOException {
    for (int i = 0; ; i++) {
      Path own = folder.resolve("action-scheduler-" + ProcessHandle.current().pid() + "-" + i);
      try {
        return Files.createDirectory(own, asFileAttribute(fromString("rwx------")));
      } catch (FileAlreadyExistsException e) {
        if (i == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  /** The library for this machine; empty on one for which the driver is to find it. */
  private static Optional<String> resource() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> resource("x86_64", "/lib64/ld-linux-x86-64.so.2");
      case "aarch64" -> resource("aarch64", "/lib/ld-linux-aarch64.so.1");
      default -> Optional.empty();
    };
  }

  /**
   * There is another one for musl, the C library of Alpine Linux; where both are there, the driver
   * looks at what this process uses.
   */
  private static Optional<String> resource(String machine, String loader) {
    boolean glibc =
        Files.exists(Path.of(loader))
            && Files.notExists(Path.of("/lib/ld-musl-" + machine + ".so.1"));
    return glibc
        ? Optional.of("/org/sqlite/native/Linux/" + machine + "/" + FILE)
        : Optional.empty();
  }
}
