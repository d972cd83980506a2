package io.actionscheduler.move;

import java.util.LinkedHashMap;
import java.util.Map;

/** Gives callbacks their names: one for all actions whose settings are the same. */
public final class CallbackNames {
  private final Map<Map<String, Object>, String> names = new LinkedHashMap<>();

  /**
   * The name of the callback with these settings: {@code base}, with a number where it is taken.
   */
  public String name(String base, Map<String, Object> settings) {
    return names.computeIfAbsent(
        settings,
        any -> {
          String name = base;
          for (int i = 2; names.containsValue(name); i++) {
            name = base + "_" + i;
          }
          return name;
        });
  }

  /** The settings of all callbacks, by name. */
  public Map<String, Map<String, Object>> settings() {
    Map<String, Map<String, Object>> settings = new LinkedHashMap<>();
    names.forEach((values, name) -> settings.put(name, values));
    return settings;
  }
}
