package io.actionscheduler.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How to start the packaged program as a process of its own.
 *
 * <pre>{@code
 * try (Scheduler scheduler = Launch.in(folder).file("config.yaml", text).start()) {
 *   scheduler.awaitReady();
 *   scheduler.stdout().await("command1", Duration.ofSeconds(70));
 * }
 * }</pre>
 *
 * The jar is the one that the system property {@code jar} names. The program sees nothing of the
 * environment of the test but what finds programs and folders.
 */
public final class Launch {
  private static final int INTERRUPT = 2; // the number of SIGINT

  private final Path folder;
  private final List<String> program = new ArrayList<>();
  private final List<String> jvm = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private Optional<Consumer<InputStream>> receiver = Optional.empty();
  private Optional<Path> otherJar = Optional.empty();

  private Launch(Path folder) {
    this.folder = folder;
    for (String kept : List.of("PATH", "HOME", "TMPDIR")) {
      Optional.ofNullable(System.getenv(kept)).ifPresent(value -> environment.put(kept, value));
    }
  }

  /** With {@code folder} as the working folder. */
  public static Launch in(Path folder) {
    return new Launch(folder);
  }

  /** The jar under test. */
  public static Path jar() {
    String jar = System.getProperty("jar");
    if (jar == null) {
      throw new IllegalStateException(
          "no system property \"jar\": run by mvn verify, or with -Djar=target/action-scheduler.jar");
    }
    return Path.of(jar).toAbsolutePath();
  }

  /** Writes a file into the folder first. */
  public Launch file(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same as {@code file("config.yaml", text)}. */
  public Launch config(String text) {
    return file("config.yaml", text);
  }

  public Launch env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Further options of the virtual machine. */
  public Launch jvm(String... options) {
    jvm.addAll(List.of(options));
    return this;
  }

  /** Arguments of the program; none: it runs. */
  public Launch arguments(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  /** Another build instead of the jar under test. */
  public Launch jar(Path other) {
    otherJar = Optional.of(other.toAbsolutePath());
    return this;
  }

  /** Another program instead of {@code java -jar} and its options. */
  public Launch program(String... command) {
    program.addAll(List.of(command));
    return this;
  }

  /**
   * Hands standard output to {@code reader}, in a thread of its own, instead of keeping its lines.
   */
  public Launch stdoutTo(Consumer<InputStream> reader) {
    receiver = Optional.of(reader);
    return this;
  }

  public Scheduler start() {
    ProcessBuilder builder = new ProcessBuilder(command()).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Instant startedAt = Instant.now();
    try {
      return new Scheduler(builder.start(), startedAt, receiver);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    if (isInterruptIgnored()) {
      command.addAll(List.of("env", "--default-signal=INT")); // which becomes the program itself
    }
    command.addAll(program);
    if (program.isEmpty()) {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(jvm);
      command.addAll(List.of("-jar", otherJar.orElseGet(Launch::jar).toString()));
    }
    command.addAll(arguments);
    return command;
  }

  /**
   * Whether this process ignores SIGINT, as what a shell starts in the background does: its
   * children would, too, and a virtual machine then never hears of it.
   */
  private static boolean isInterruptIgnored() {
    Path status = Path.of("/proc/self/status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .anyMatch(signals -> (signals & 1L << (INTERRUPT - 1)) != 0);
    } catch (IOException e) {
      return false; // no such file: not Linux
    }
  }
}
