package io.actionscheduler.bench;

import io.actionscheduler.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a benchmark uses while it runs: folders and servers, gone when it ends. */
final class Session implements AutoCloseable {
  private final boolean others;
  private final List<Path> folders = new ArrayList<>();
  private Optional<TestPostgres> postgres = Optional.empty();

  /**
   * @param others whether the other schedulers are measured too; false where two builds of this one
   *     are compared
   */
  Session(boolean others) {
    this.others = others;
  }

  /** Whether the other schedulers are measured too. */
  boolean measuresOthers() {
    return others;
  }

  /** A new, empty folder. */
  Path folder() throws IOException {
    Path folder = Files.createTempDirectory("bench-");
    folders.add(folder);
    return folder;
  }

  /** A PostgreSQL server as it is by default: it waits for the disk. */
  TestPostgres postgres() throws IOException {
    if (postgres.isEmpty()) {
      postgres = Optional.of(TestPostgres.start("-c max_connections=60"));
    }
    return postgres.get();
  }

  @Override
  public void close() throws IOException {
    postgres.ifPresent(TestPostgres::close);
    for (Path folder : folders) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }
}
