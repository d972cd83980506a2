package io.actionscheduler.testing;

import io.actionscheduler.db.DatabaseSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server on 127.0.0.1 for tests, with a data folder of its own; can be stopped and
 * started again on the same port. Tests that only need databases share one: see {@link
 * SharedPostgres}.
 */
public final class TestPostgres implements AutoCloseable {
  public static final String USER = "postgres";
  public static final String PASSWORD = "open sesame";

  private final PostgresPrograms programs;
  private final Path folder;
  private final int port;
  private final String options;
  private final Thread atExit = new Thread(this::stop, "stop-test-postgres");
  private final AtomicInteger databases = new AtomicInteger();
  private boolean running;

  private TestPostgres(PostgresPrograms programs, Path folder, int port, String options) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
    this.options = options;
  }

  /** Starts a server that does not wait for the disk: fast, and good for all but benchmarks. */
  public static TestPostgres start() throws IOException {
    return start("-F");
  }

  /**
   * Starts a server.
   *
   * @param options for {@code postgres}, such as {@code -c max_connections=20}
   */
  public static TestPostgres start(String options) throws IOException {
    PostgresPrograms programs = PostgresPrograms.unpacked();
    Path folder = programs.newFolder();
    Path password = folder.resolve("password");
    Files.writeString(password, PASSWORD);
    programs.hand(password);
    programs.run(
        folder,
        List.of(
            "initdb", "--no-sync", "--no-locale", "-E", "UTF8", "-A", "scram-sha-256", "-U", USER),
        "--pwfile=" + password,
        "-D",
        folder.resolve("data").toString());
    TestPostgres server = new TestPostgres(programs, folder, freePort(), options);
    server.startAgain();
    Runtime.getRuntime().addShutdownHook(server.atExit);
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Stops the server as a crash would: connections break, nothing is written any more. */
  public synchronized void stop() {
    if (running) {
      running = false;
      control("stop", "-m", "immediate");
    }
  }

  /** Starts it on the port and data it had. */
  public synchronized void startAgain() {
    if (!running) {
      String all = options + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''";
      control("start", "-l", folder.resolve("log").toString(), "-o", all + " -p " + port);
      running = true;
    }
  }

  private void control(String... arguments) {
    try {
      programs.run(
          folder, List.of("pg_ctl", "-w", "-D", folder.resolve("data").toString()), arguments);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return port;
  }

  /** JDBC address of {@code database}, without user and password. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Makes a new, empty database and gives its name. */
  public String createDatabase() throws SQLException {
    String name = "test_" + databases.incrementAndGet();
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return name;
  }

  /** A connection for the test itself; whoever asked closes it. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), USER, PASSWORD);
  }

  /** Settings that reach {@code database} as the section {@code key}. */
  public DatabaseSettings settings(String key, String database) {
    return new DatabaseSettings(
        key,
        DatabaseSettings.Dialect.POSTGRESQL,
        url(database),
        Optional.of(USER),
        Optional.of(PASSWORD),
        Optional.empty());
  }

  @Override
  public void close() {
    stop();
    Runtime.getRuntime().removeShutdownHook(atExit);
    PostgresPrograms.delete(folder);
  }
}
