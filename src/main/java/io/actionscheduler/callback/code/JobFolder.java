package io.actionscheduler.callback.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The folder of one job, with its working folder, temporary files and the replacement of shared
 * memory: everything that the job writes is on disk and is removed with the folder.
 */
record JobFolder(Path root) {
  /**
   * Makes a folder below {@code parent} that only {@code user} may enter.
   *
   * @throws IOException when it cannot be made
   */
  static JobFolder create(Path parent, User user) throws IOException {
    JobFolder folder = new JobFolder(Files.createTempDirectory(parent, "job-"));
    for (Path part : List.of(folder.work(), folder.temporary(), folder.shared())) {
      Files.createDirectory(part, permissions("rwx------"));
    }
    Files.setPosixFilePermissions(folder.root, PosixFilePermissions.fromString("rwx--x--x"));
    if (user.isOwn()) {
      for (Path part : List.of(folder.work(), folder.temporary(), folder.shared())) {
        give(part, user);
      }
    }
    return folder;
  }

  /** The working folder and home of the job. */
  Path work() {
    return root.resolve("work");
  }

  Path temporary() {
    return root.resolve("tmp");
  }

  Path shared() {
    return root.resolve("shm");
  }

  /**
   * Puts a file into the working folder.
   *
   * @throws IOException when it cannot be written
   */
  void write(String name, byte[] content, User user) throws IOException {
    Path file = Files.createFile(work().resolve(name), permissions("rwx------"));
    Files.write(file, content);
    if (user.isOwn()) {
      give(file, user);
    }
  }

  private static java.nio.file.attribute.FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  private static void give(Path path, User user) throws IOException {
    Files.setAttribute(path, "unix:gid", user.id());
    Files.setAttribute(path, "unix:uid", user.id());
  }
}
