package io.actionscheduler.callback.common;

import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import java.util.Map;

/** Reads {@code environment}: the variables that the settings of a callback give to programs. */
public final class EnvironmentSettings {
  private EnvironmentSettings() {}

  /**
   * The variables by name.
   *
   * @throws InvalidSetting when a name is not valid for a variable, or a value contains NUL
   */
  public static Map<String, String> of(CallbackSettings settings) throws InvalidSetting {
    Map<String, String> environment = settings.under("environment");
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      boolean named = variable.getKey().matches("[A-Za-z_][A-Za-z0-9_]*");
      if (!named || variable.getValue().indexOf('\0') >= 0) {
        throw new InvalidSetting(
            settings.prefix()
                + ".environment."
                + variable.getKey()
                + ": is not valid; allowed: letters, digits and _ in the name, no NUL in the"
                + " value");
      }
    }
    return environment;
  }
}
