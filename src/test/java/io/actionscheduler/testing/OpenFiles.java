package io.actionscheduler.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files that this process has open, as Linux tells it. */
public final class OpenFiles {
  private OpenFiles() {}

  public static boolean isOpen(Path file) throws IOException {
    Path wanted = file.toRealPath();
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path one : open.toList()) {
        try {
          if (Files.readSymbolicLink(one).equals(wanted)) {
            return true;
          }
        } catch (NoSuchFileException e) {
          continue; // closed since the folder was listed
        }
      }
      return false;
    }
  }
}
