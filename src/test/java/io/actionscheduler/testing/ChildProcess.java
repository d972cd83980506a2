package io.actionscheduler.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second process on this test's class path. */
public final class ChildProcess {
  private ChildProcess() {}

  /** Starts it with one argument; its standard error is a file in {@code folder}. */
  public static Process start(Path folder, Class<?> main, String argument) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                argument))
        .redirectError(folder.resolve(main.getSimpleName() + ".err").toFile())
        .start();
  }

  /** What it wrote on one line, once it ended. */
  public static String outputOf(Process process) throws Exception {
    try (var lines = process.inputReader()) {
      String line = lines.readLine();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return line;
    }
  }
}
