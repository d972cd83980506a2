package io.actionscheduler.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The system's nginx on a free port with TLS and HTTP/2, which answers 204 and writes the
 * Idempotency-Key of each request that it answered to a log.
 */
public final class TestNginx implements AutoCloseable {
  private final Path folder;
  private final int port;
  private final Process process;

  private TestNginx(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts it; skips the test where nginx is not installed.
   *
   * @param connectionRequests after how many requests it ends a connection
   */
  public static TestNginx start(Path folder, TestCertificate certificate, int connectionRequests)
      throws IOException {
    Optional<Path> nginx = program();
    assumeTrue(
        nginx.isPresent(), "skipped: nginx is not installed here (Debian: apt-get install nginx)");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path config = folder.resolve("nginx.conf");
    Files.writeString(config, config(folder, port, certificate, connectionRequests));
    Process process =
        new ProcessBuilder(
                nginx.get().toString(),
                "-p",
                folder.toString(),
                "-c",
                config.toString(),
                "-e",
                folder.resolve("error.log").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.log").toFile())
            .start();
    TestNginx started = new TestNginx(folder, port, process);
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(started::isUp);
    return started;
  }

  public int port() {
    return port;
  }

  /**
   * Stops it and gives the keys of the requests that it answered, in order; one that came twice is
   * there twice. Stopped first, since nginx writes the line of a request after its answer.
   */
  public List<String> answered() throws IOException {
    close();
    return Files.readAllLines(folder.resolve("answered.log"));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private boolean isUp() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "nginx did not start: " + Files.readString(folder.resolve("error.log")));
    }
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<Path> program() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String config(
      Path folder, int port, TestCertificate certificate, int connectionRequests) {
    return """
        daemon off;
        master_process off;
        pid %1$s/nginx.pid;
        events { worker_connections 64; }
        http {
          log_format keys '$http_idempotency_key';
          access_log %1$s/answered.log keys;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          server {
            listen 127.0.0.1:%2$d ssl http2;
            ssl_certificate %3$s;
            ssl_certificate_key %4$s;
            keepalive_requests %5$d;
            location / { return 204; }
          }
        }
        """
        .formatted(folder, port, certificate.certificate(), certificate.key(), connectionRequests);
  }
}
