package io.actionscheduler.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The server's programs, unpacked from the class path once per machine and version. PostgreSQL
 * refuses to run as root: there, its programs run as nobody, or, where that is not allowed, in a
 * user namespace.
 */
final class PostgresPrograms {
  private static final int NOBODY = 65534;
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  private final Path home;
  private final List<String> prefix;
  private final boolean handOver;

  private PostgresPrograms(Path home, List<String> prefix, boolean handOver) {
    this.home = home;
    this.prefix = prefix;
    this.handOver = handOver;
  }

  static PostgresPrograms unpacked() throws IOException {
    Path home = home();
    if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      return new PostgresPrograms(home, List.of(), false);
    }
    List<String> nobody =
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    return works(nobody)
        ? new PostgresPrograms(home, nobody, true)
        : new PostgresPrograms(home, List.of("unshare", "-U"), false);
  }

  private static boolean works(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // no such program here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A new folder that the server may write to. */
  Path newFolder() throws IOException {
    Path folder = Files.createTempDirectory("test-postgres-");
    hand(folder);
    return folder;
  }

  /** Gives a file to whom the server runs as. */
  void hand(Path path) throws IOException {
    if (handOver) {
      Files.setAttribute(path, "unix:gid", NOBODY);
      Files.setAttribute(path, "unix:uid", NOBODY);
    }
  }

  /** Runs one program to its end, which must be a good one. */
  void run(Path folder, List<String> program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(home.resolve("bin").resolve(program.get(0)).toString());
    command.addAll(program.subList(1, program.size()));
    command.addAll(List.of(arguments));
    // To a file: a server that goes on would hold a pipe open.
    Path output = Files.createTempFile(folder, program.get(0), ".out");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(command + " failed: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(command + " was interrupted", e);
    }
  }

  private static Path home() throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    try (InputStream archive = PostgresPrograms.class.getResourceAsStream(ARCHIVE)) {
      if (archive == null) {
        throw new IOException("no " + ARCHIVE + " on the class path");
      }
      String owner = Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
      Path home = parent.resolve("test-postgres-programs-" + owner + "-" + archive.available());
      if (!Files.isDirectory(home)) {
        Path fresh = Files.createTempDirectory(parent, "test-postgres-programs-");
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        unpack(archive, fresh);
        moveTo(home, fresh);
      }
      return home;
    }
  }

  private static void moveTo(Path home, Path fresh) throws IOException {
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      delete(fresh); // another test run was first
    } catch (FileSystemException e) {
      if (!Files.isDirectory(home)) {
        throw e;
      }
      delete(fresh);
    }
  }

  private static void unpack(InputStream archive, Path into) throws IOException {
    try (var tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(archive, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = into.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          Files.setPosixFilePermissions(path, permissions((entry.getMode() & 0100) != 0));
        }
      }
    }
  }

  private static Set<PosixFilePermission> permissions(boolean program) {
    return new HashSet<>(PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
  }

  static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot delete " + folder, e);
    }
  }
}
