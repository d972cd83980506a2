package io.actionscheduler.config;

import java.util.List;
import java.util.Map;

/** Settings out of texts, for tests. */
final class Config {
  /** Six lines that are enough. */
  static final String ENOUGH =
      """
      actions_db: {dialect: sqlite, database: actions.db}
      action:
        callback: stdout
        defaults:
          merge_missed: false
          actuality_time: -1
      """;

  private Config() {}

  static Settings of(String yaml) throws InvalidConfig {
    return ConfigLoader.parse(ENOUGH + yaml, "", Map.of());
  }

  static Settings withVariables(Map<String, String> environment) throws InvalidConfig {
    return ConfigLoader.parse(ENOUGH, "", environment);
  }

  /** The value in force of a setting, as the start shows it. */
  static String shown(Settings settings, String key) {
    return settings.origins().stream()
        .filter(origin -> origin.key().equals(key))
        .findFirst()
        .orElseThrow()
        .value();
  }

  /** What is said of a configuration; empty when it is fine. */
  static List<String> problems(String yaml, String env, Map<String, String> environment) {
    try {
      ConfigLoader.parse(yaml, env, environment);
      return List.of();
    } catch (InvalidConfig e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }

  static List<String> problems(String yaml) {
    return problems(ENOUGH + yaml, "", Map.of());
  }
}
