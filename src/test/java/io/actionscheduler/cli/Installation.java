package io.actionscheduler.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A folder with settings and both databases in one SQLite file, for commands to work on. */
record Installation(Path folder) {
  static final String CONFIG =
      """
      timezone: UTC
      actions_db: {dialect: sqlite, database: "%1$s"}
      internal_db: {dialect: sqlite, database: "%1$s"}
      action:
        callback: stdout
        defaults: {merge_missed: false, actuality_time: -1}
      """;

  static Installation in(Path folder) {
    Installation installation = new Installation(folder);
    installation.config(CONFIG.formatted(installation.database()));
    return installation;
  }

  Path database() {
    return folder.resolve("database.db");
  }

  /** Replaces the settings. */
  void config(String text) {
    write("config.yaml", text);
  }

  /** Adds lines to the settings. */
  void configToo(String text) {
    config(CONFIG.formatted(database()) + text);
  }

  Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What another program does to the database. */
  void sql(String... statements) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Typed type(String... arguments) {
    return typeWith("", arguments);
  }

  Typed typeWith(String input, String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "--config";
    all[1] = folder.resolve("config.yaml").toString();
    all[2] = "--env-file";
    all[3] = folder.resolve(".env").toString();
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return Typed.withInput(input, all);
  }

  /** Adds an action and gives its id. */
  String add(String name, String command, String cron) {
    Typed added = type("actions", "add", "--name", name, "--command", command, "--cron", cron);
    if (added.code() != 0) {
      throw new IllegalStateException(added.err());
    }
    return added.out().strip();
  }
}
