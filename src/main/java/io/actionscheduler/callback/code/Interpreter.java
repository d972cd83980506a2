package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Python that runs jobs.
 *
 * @param executable the real program: the setting may name a script that chooses among several
 * @param needs folders that it reads and that do not belong to the system
 */
record Interpreter(String executable, List<Path> needs) {
  private static final long PATIENCE_SECONDS = 20;
  private static final int LARGEST_ANSWER = 16_384;
  private static final String ASK =
      "import sys; print(sys.executable); print(sys.prefix); print(sys.base_prefix)";

  Interpreter {
    requireNonNull(executable, "executable is null");
    needs = List.copyOf(needs);
  }

  /**
   * Runs {@code written}, a path or a name in the scheduler's PATH, to find out where it is.
   *
   * @throws CallbackException when it cannot be started, or is not Python
   */
  static Interpreter find(String written) throws CallbackException, InterruptedException {
    List<String> lines;
    try {
      lines = ask(written);
    } catch (IOException e) {
      throw unavailable(written, e.getMessage());
    }
    if (lines.size() != 3 || lines.stream().anyMatch(line -> !line.startsWith("/"))) {
      throw unavailable(
          written, "it does not print its path, but \"" + String.join(" ", lines) + "\"");
    }
    return new Interpreter(
        lines.get(0),
        Stream.of(Path.of(lines.get(1)), Path.of(lines.get(2)), Path.of(lines.get(0)).getParent())
            .filter(path -> !path.startsWith("/usr"))
            .distinct()
            .toList());
  }

  private static List<String> ask(String written) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(written, "-c", ASK)
            .redirectErrorStream(true)
            .redirectInput(new java.io.File("/dev/null"))
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("no answer within " + PATIENCE_SECONDS + " s");
    }
    try (InputStream in = process.getInputStream()) {
      return new String(in.readNBytes(LARGEST_ANSWER), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static CallbackException unavailable(String written, String fault) {
    return CallbackException.unavailable(
        "the interpreter \""
            + written
            + "\" cannot be used: "
            + fault
            + "; set execution.interpreter to a Python 3",
        null);
  }
}
