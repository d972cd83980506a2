package io.actionscheduler.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Takes what services tell systemd, through a socket such as systemd's. Python holds it: Java has
 * no datagram sockets of Unix.
 */
public final class NotifySocket implements AutoCloseable {
  private static final String RECEIVER =
      """
      import os, socket, sys
      taken = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      taken.bind(sys.argv[1])
      while True:
          for line in taken.recv(4096).decode().splitlines():
              if not line.startswith('BARRIER='):
                  print(line, flush=True)
      """;

  private final Path socket;
  private final Process receiver;
  private final Lines lines = new Lines("what systemd is told");

  /** Opens {@code notify} in a folder; waits until it can be written to. */
  public NotifySocket(Path folder) throws IOException, InterruptedException {
    socket = folder.resolve("notify");
    receiver =
        new ProcessBuilder("/usr/bin/python3", "-c", RECEIVER, socket.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread reading = new Thread(() -> lines.readFrom(receiver.getInputStream()), "notify");
    reading.setDaemon(true);
    reading.start();
    while (!Files.exists(socket)) {
      if (receiver.waitFor(10, TimeUnit.MILLISECONDS)) {
        throw new IOException("python3 cannot open " + socket);
      }
    }
  }

  /** Whether this machine has what is needed. */
  public static boolean isPossible() {
    return Files.isExecutable(Path.of("/usr/bin/python3"))
        && Files.isExecutable(Path.of("/usr/bin/systemd-notify"));
  }

  public Path socket() {
    return socket;
  }

  /** What was told, a word on each line: {@code READY=1}. */
  public Lines lines() {
    return lines;
  }

  @Override
  public void close() {
    receiver.destroyForcibly();
  }
}
