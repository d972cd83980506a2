package io.actionscheduler.db;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The databases of one process, each opened when first used. Settings that lead to the same SQLite
 * file, by any path, share one {@link SqliteFile}. To be closed after everything that uses the
 * databases.
 */
public final class Databases implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Databases.class);

  private final List<DatabaseSettings> all;
  private final Map<Path, SqliteFile> files = new HashMap<>();
  private final Map<DatabaseSettings, HikariDataSource> pools = new HashMap<>();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /**
   * @param all databases that will be used, so that shared files are known from the beginning
   */
  public Databases(Collection<DatabaseSettings> all) {
    this.all = List.copyOf(all);
  }

  /**
   * The file of {@code at}; its content is not checked.
   *
   * @throws SQLException when it cannot be opened
   */
  public synchronized SqliteFile sqlite(DatabaseSettings at) throws SQLException {
    Path path = realPath(at);
    SqliteFile file = files.get(path);
    if (file == null) {
      file = SqliteFile.open(path, at.jdbcUrl());
      files.put(
          realPath(at), file); // links can be followed completely only now that the file exists
      opened.push(file);
    }
    return file;
  }

  /** Whether another of the databases is in the same SQLite file. */
  public boolean isShared(DatabaseSettings at) {
    return at.file().isPresent()
        && all.stream()
            .filter(other -> other.file().isPresent())
            .filter(other -> realPath(other).equals(realPath(at)))
            .map(DatabaseSettings::key)
            .anyMatch(key -> !key.equals(at.key()));
  }

  /** Connections to {@code at}; nothing is connected before the first is asked for. */
  public synchronized HikariDataSource postgres(DatabaseSettings at) {
    return pools.computeIfAbsent(
        at,
        settings -> {
          HikariDataSource pool = PostgresConnections.pool(settings);
          opened.push(pool);
          return pool;
        });
  }

  private static Path realPath(DatabaseSettings at) {
    Path path =
        at.file().orElseThrow(() -> new IllegalArgumentException(at.label() + " is not a file"));
    try {
      if (Files.exists(path)) {
        return path.toRealPath();
      }
      if (Files.isSymbolicLink(path)) { // the file does not exist yet
        return path.resolveSibling(Files.readSymbolicLink(path));
      }
      Path folder = path.toAbsolutePath().getParent();
      return folder != null && Files.exists(folder)
          ? folder.toRealPath().resolve(path.getFileName())
          : path;
    } catch (IOException e) {
      return path; // opening it will show and report the fault
    }
  }

  @Override
  public synchronized void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        log.warn("a database did not close well: {}", e.toString());
      }
    }
    files.clear();
    pools.clear();
  }
}
