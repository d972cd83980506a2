package io.actionscheduler.callback.process;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts programs in a separate session with the system's {@code setsid}: a signal to the
 * scheduler's process group (Ctrl-C, {@code timeout}) then stops the scheduler, and does not end
 * the programs that it has started. Where there is no {@code setsid} (macOS, Windows), programs
 * stay in the scheduler's group.
 */
final class OwnSession {
  private static final List<String> USUAL = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

  private final Optional<Path> setsid;
  private final List<Path> path;

  /**
   * @param path the folders in which programs are looked for
   */
  OwnSession(List<Path> path) {
    this.path = List.copyOf(requireNonNull(path, "path is null"));
    this.setsid = found("setsid", Stream.concat(path.stream(), folders(USUAL.stream())).toList());
  }

  /** With the {@code setsid} of this system. */
  static OwnSession ofSystem() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse(String.join(":", USUAL));
    return new OwnSession(folders(Stream.of(path.split(":"))).toList());
  }

  /**
   * The arguments that start {@code arguments} in a session of its own. They are unchanged where
   * that is impossible, or the program is missing, so that the start fails with the reason.
   *
   * @param folder in which the program runs; empty: the scheduler's own
   */
  List<String> of(List<String> arguments, Optional<Path> folder) {
    Optional<Path> program = program(arguments.get(0), folder);
    if (setsid.isEmpty() || program.isEmpty()) {
      return arguments;
    }
    List<String> all = new ArrayList<>(arguments.size() + 1);
    all.add(setsid.get().toString());
    // With its path: setsid would look for it in the PATH that is set for the process.
    all.add(program.get().toString());
    all.addAll(arguments.subList(1, arguments.size()));
    return all;
  }

  /**
   * Whether it was {@code setsid} that ended, as the system did not let it become the program: with
   * 126 or 127 and a message that names it.
   *
   * @param started the result of {@code of}
   */
  boolean isNotTheProgram(List<String> started, int code, String output) {
    return setsid.isPresent()
        && started.get(0).equals(setsid.get().toString())
        && (code == 126 || code == 127)
        && output.startsWith("setsid: ")
        && output.contains(started.get(1));
  }

  private Optional<Path> program(String name, Optional<Path> folder) {
    try {
      Path written = Path.of(name);
      if (name.indexOf('/') < 0) {
        return found(name, path);
      }
      Path whole = folder.orElse(Path.of("")).toAbsolutePath().resolve(written);
      return Optional.of(whole).filter(OwnSession::canRun);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> found(String name, List<Path> folders) {
    return folders.stream()
        .map(folder -> folder.toAbsolutePath().resolve(name))
        .filter(OwnSession::canRun)
        .findFirst();
  }

  private static boolean canRun(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  private static Stream<Path> folders(Stream<String> names) {
    return names.map(Path::of);
  }
}
