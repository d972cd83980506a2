package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Programs that compute what the parameters ask for: {@link Arithmetic}, run by the Java that runs
 * the scheduler. Its class file goes into the folder of the job, since a sandbox shows nothing of
 * the scheduler, and the user of a job may not be able to read the scheduler's jar.
 */
final class NumberPrograms implements Programs {
  private static final String FILE = "job.jar";

  /** A small heap, few threads, a quick start, and nothing but the result on standard output. */
  private static final List<String> OPTIONS =
      List.of(
          "-Xms8m",
          "-Xmx64m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=16m",
          "-XX:CompressedClassSpaceSize=8m",
          "-XX:MaxMetaspaceSize=32m",
          "-XX:ActiveProcessorCount=1",
          "-XX:-UseContainerSupport",
          "-XX:-UsePerfData",
          "-Xshare:auto",
          "-Xlog:disable");

  /** Without it, each thread reserves 64 MiB of address space for its own memory. */
  private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "1");

  /**
   * What Java reserves to start, and does not use: JDK 25 needs 384 MiB of address space and 14
   * threads. The heap above is what holds its memory down.
   */
  private static final long LEAST_MEMORY = 512L * 1024 * 1024;

  private static final int LEAST_PROCESSES = 32;

  private final Path home;
  private final byte[] jar = jar();

  /**
   * @param home the folder of the Java that runs them
   */
  NumberPrograms(Path home) {
    this.home = requireNonNull(home, "home is null");
  }

  @Override
  public void prepare() throws CallbackException {
    if (!Files.isExecutable(java())) {
      throw CallbackException.unavailable(
          "number_crunching runs the Java of the scheduler, and "
              + java()
              + " is not there or cannot be executed; start the scheduler with a Java that has it",
          null);
    }
  }

  @Override
  public Program of(Parameters parameters) throws CallbackException {
    Operation operation = Operation.of(parameters);
    int number = operation.number(parameters);
    prepare(); // Java may have been replaced since the start
    List<String> command = new ArrayList<>(List.of(java().toString()));
    command.addAll(OPTIONS);
    command.addAll(List.of("-cp", FILE, Arithmetic.class.getName()));
    command.addAll(List.of(operation.toString(), Integer.toString(number)));
    return new Program(command, Map.of(FILE, jar), ENVIRONMENT, needs());
  }

  private Path java() {
    return home.resolve("bin").resolve("java");
  }

  private List<Path> needs() {
    return home.startsWith("/usr") ? List.of() : List.of(home);
  }

  /** Where the settings allow less than Java reserves, no computation could start. */
  @Override
  public CodeLimits limits(CodeLimits set) {
    return set.withAtLeast(LEAST_MEMORY, LEAST_PROCESSES);
  }

  @Override
  public String remedy() {
    return "; Java has to start for it: every user must be able to read "
        + home
        + ", and the machine needs 100 MiB of free memory";
  }

  /** A jar with the one class. */
  private static byte[] jar() {
    String file = Arithmetic.class.getName().replace('.', '/') + ".class";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream code = Arithmetic.class.getResourceAsStream("/" + file);
        ZipOutputStream jar = new ZipOutputStream(bytes)) {
      jar.putNextEntry(new ZipEntry(file));
      requireNonNull(code, file + " is missing").transferTo(jar);
      jar.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
