package io.actionscheduler.store;

import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.Databases;
import io.actionscheduler.fire.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** In the file that holds the actions too: the layout of the default settings. */
class SharedSqliteStoreTest implements DurableStoreContract {
  @TempDir Path folder;
  private final List<Databases> opened = new ArrayList<>();

  @AfterEach
  void closeAll() {
    opened.forEach(Databases::close);
  }

  @Override
  public Store open() throws Exception {
    run("CREATE TABLE IF NOT EXISTS action (id INTEGER PRIMARY KEY)");
    Path file = folder.resolve("database.db");
    DatabaseSettings actions = SqliteStoreTest.settings("actions_db", file, "jdbc:sqlite:" + file);
    DatabaseSettings internal =
        SqliteStoreTest.settings("internal_db", file, "jdbc:sqlite:" + file);
    Databases databases = new Databases(List.of(actions, internal));
    opened.add(databases);
    return Stores.open(Optional.of(internal), databases, Samples.CRON, InstantSource.system());
  }

  @Override
  public void run(String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("database.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
