package io.actionscheduler.testing;

/** Texts of {@code config.yaml} for tests. */
public final class TestConfigs {
  private TestConfigs() {}

  /** Everything in {@code database.db}, to standard output, polled each second. */
  public static String trivial() {
    return """
    timezone: UTC
    track_changes_period: 1
    actions_db: {dialect: sqlite, database: database.db}
    internal_db: {dialect: sqlite, database: database.db}
    action:
      callback: stdout
      defaults: {merge_missed: false, actuality_time: -1}
    """;
  }
}
