package io.actionscheduler.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Asks a running virtual machine. */
final class Jcmd {
  private Jcmd() {}

  /** Bytes of the heap that are in use, after a full collection. */
  static long liveBytes(Process process) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process asked =
        new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asked.waitFor(60, TimeUnit.SECONDS);
    return answer
        .lines()
        .filter(line -> line.startsWith("Total"))
        .map(line -> Long.parseLong(line.trim().split("\\s+")[2]))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no histogram: " + answer));
  }

  static double liveMebibytes(Process process) throws IOException, InterruptedException {
    return liveBytes(process) / 1048576.0;
  }
}
