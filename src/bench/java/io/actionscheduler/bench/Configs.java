package io.actionscheduler.bench;

import io.actionscheduler.testing.TestPostgres;

/** Texts of {@code config.yaml}. */
final class Configs {
  private Configs() {}

  /** SQLite and standard output, the table in {@code database.db}. */
  static String sqlite(String internalFile, boolean merge, int trackSeconds) {
    return """
    timezone: UTC
    track_changes_period: %d
    actions_db: {dialect: sqlite, database: database.db}
    internal_db: {dialect: sqlite, database: %s}
    action:
      callback: stdout
      defaults: {merge_missed: %s, actuality_time: -1}
    """
        .formatted(trackSeconds, internalFile, merge);
  }

  /** The table on PostgreSQL, progress in {@code internal.db}. */
  static String postgres(TestPostgres server, String database, int trackSeconds) {
    return """
    timezone: UTC
    track_changes_period: %d
    actions_db:
      dialect: postgresql
      host: 127.0.0.1
      port: %d
      username: %s
      password: %s
      database: %s
    internal_db: {dialect: sqlite, database: internal.db}
    action:
      callback: stdout
      defaults: {merge_missed: true, actuality_time: -1}
    """
        .formatted(trackSeconds, server.port(), TestPostgres.USER, TestPostgres.PASSWORD, database);
  }

  /** The default layout, delivering to Kafka. */
  static String kafka(String server, String topic, boolean exactlyOnce) {
    return sqlite("database.db", true, 15).replace("callback: stdout", "callback: kafka")
        + "kafka: {server: \"%s\", topic: %s, exactly_once: %s}%n"
            .formatted(server, topic, exactlyOnce);
  }
}
