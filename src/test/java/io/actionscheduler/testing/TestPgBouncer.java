package io.actionscheduler.testing;

import io.actionscheduler.db.DatabaseSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A PgBouncer in transaction mode before a {@link TestPostgres}: with few sessions of the server,
 * which change hands often.
 */
public final class TestPgBouncer implements AutoCloseable {
  private static final int NOBODY = 65534;
  private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
  private static final String STATE =
      """
      SELECT (SELECT string_agg(name || '=' || setting, E'\\n' ORDER BY name) FROM pg_settings)
        || E'\\nprepared: ' || (SELECT count(*) FROM pg_prepared_statements)
        || E'\\nlistening: ' || (SELECT count(*) FROM pg_listening_channels())
        || E'\\ntemporary tables: '
        || (SELECT count(*) FROM pg_class WHERE relnamespace = pg_my_temp_schema())
        || E'\\nadvisory locks: ' || (SELECT count(*) FROM pg_locks
            WHERE locktype = 'advisory' AND pid = pg_backend_pid())
      """;

  private final Path folder;
  private final Process process;
  private final int port;

  private TestPgBouncer(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /** Skips the test that asks where PgBouncer is not installed. */
  public static TestPgBouncer before(TestPostgres server) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(PROGRAM),
        "PgBouncer is not installed: tests of transaction pooling are skipped (apt-get install"
            + " pgbouncer)");
    Path folder = Files.createTempDirectory("test-pgbouncer-");
    int port = freePort();
    Path settings = folder.resolve("pgbouncer.ini");
    Files.writeString(
        settings,
        """
        [databases]
        * = host=127.0.0.1 port=%d user=%s password='%s'
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        auth_type = any
        pool_mode = transaction
        default_pool_size = 2
        unix_socket_dir =
        """
            .formatted(server.port(), TestPostgres.USER, TestPostgres.PASSWORD, port));
    List<String> command = new ArrayList<>();
    if (Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) { // it refuses root
      for (Path each : List.of(folder, settings)) {
        Files.setAttribute(each, "unix:uid", NOBODY);
      }
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    command.addAll(List.of(PROGRAM.toString(), settings.toString()));
    Path output = Files.createTempFile("test-pgbouncer-", ".out");
    output.toFile().deleteOnExit();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    TestPgBouncer bouncer = new TestPgBouncer(folder, process, port);
    Awaitility.await("pgbouncer, see " + output).until(bouncer::answers);
    return bouncer;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** JDBC address of {@code database} through it. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Settings that reach {@code database} through it as the section {@code key}. */
  public DatabaseSettings settings(String key, String database) {
    return new DatabaseSettings(
        key,
        DatabaseSettings.Dialect.POSTGRESQL,
        url(database),
        Optional.of(TestPostgres.USER),
        Optional.of(TestPostgres.PASSWORD),
        Optional.empty());
  }

  /**
   * What another program of the pool sees in both sessions of the server, once if equal: every
   * setting, prepared statements, channels that are listened to, temporary tables, and advisory
   * locks. Equal before and after the transactions of a program that leaves nothing behind.
   */
  public Set<String> sessions(String database) throws SQLException {
    // PgBouncer gives a client its own application_name back, if the client began with one
    String url =
        url(database) + "?prepareThreshold=0&assumeMinServerVersion=12&ApplicationName=another";
    Set<String> seen = new TreeSet<>();
    try (Connection one =
            DriverManager.getConnection(url, TestPostgres.USER, TestPostgres.PASSWORD);
        Connection two =
            DriverManager.getConnection(url, TestPostgres.USER, TestPostgres.PASSWORD)) {
      for (Connection each : List.of(one, two)) { // both at once: each keeps its session
        each.setAutoCommit(false);
        try (Statement statement = each.createStatement();
            ResultSet row = statement.executeQuery(STATE)) {
          row.next();
          seen.add(row.getString(1));
        }
      }
      for (Connection each : List.of(one, two)) { // else PgBouncer ends the sessions
        each.rollback();
      }
    }
    return seen;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
