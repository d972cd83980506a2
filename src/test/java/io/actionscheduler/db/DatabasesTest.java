package io.actionscheduler.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.db.DatabaseSettings.Dialect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabasesTest {
  @TempDir Path folder;

  private static DatabaseSettings at(String key, Path file) {
    return new DatabaseSettings(
        key,
        Dialect.SQLITE,
        "jdbc:sqlite:" + file,
        Optional.empty(),
        Optional.empty(),
        Optional.of(file));
  }

  @Test
  void twoWaysToOneFileAreOneFile() throws Exception {
    Path file = folder.resolve("a.db");
    Path linked = Files.createSymbolicLink(folder.resolve("folder"), folder).resolve("a.db");
    DatabaseSettings actions = at("actions_db", file);
    DatabaseSettings internal = at("internal_db", linked);
    try (Databases databases = new Databases(List.of(actions, internal))) {
      assertThat(databases.isShared(actions)).isTrue();
      assertThat(databases.isShared(internal)).isTrue();
      assertThat(databases.sqlite(internal)).isSameAs(databases.sqlite(actions));
    }
  }

  @Test
  void twoFilesAreTwo() throws Exception {
    DatabaseSettings actions = at("actions_db", folder.resolve("a.db"));
    DatabaseSettings internal = at("internal_db", folder.resolve("b.db"));
    try (Databases databases = new Databases(List.of(actions, internal))) {
      assertThat(databases.isShared(internal)).isFalse();
      assertThat(databases.sqlite(internal)).isNotSameAs(databases.sqlite(actions));
    }
  }

  @Test
  void aFileThatCouldNotBeOpenedIsTriedAgain() throws Exception {
    DatabaseSettings later = at("actions_db", folder.resolve("later").resolve("a.db"));
    try (Databases databases = new Databases(List.of(later))) {
      assertThatThrownBy(() -> databases.sqlite(later)).isInstanceOf(SQLException.class);
      Files.createDirectory(folder.resolve("later"));
      assertThat(databases.sqlite(later).foreignChanges()).isPositive();
    }
  }

  @Test
  void closingClosesWhatWasOpened() throws Exception {
    DatabaseSettings actions = at("actions_db", folder.resolve("a.db"));
    Databases databases = new Databases(List.of(actions));
    SqliteFile file = databases.sqlite(actions);
    databases.close();
    databases.close();
    assertThatThrownBy(() -> file.read(handle -> 0)).isInstanceOf(SQLException.class);
  }
}
