package io.actionscheduler.config;

import io.actionscheduler.text.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the section {@code alerts}. */
final class AlertReader {
  private final Values values;
  private final Problems problems;
  private final Source config;
  private final Set<String> callbacks;

  /**
   * @param config named in messages about what is missing
   * @param callbacks the names of all callbacks
   */
  AlertReader(Values values, Problems problems, Source config, Set<String> callbacks) {
    this.values = values;
    this.problems = problems;
    this.config = config;
    this.callbacks = callbacks;
  }

  /** The settings of alerts; empty where there are none. */
  Optional<Settings.Alerts> read() {
    Optional<String> names = values.find(AlertKeys.CALLBACK);
    if (names.isEmpty()) {
      boolean others =
          values.below(AlertKeys.SECTION).values().stream()
              .anyMatch(setting -> !setting.origin().equals("default"));
      if (others && values.setting(AlertKeys.CALLBACK.name()).isEmpty()) {
        problems.addMissing(
            values.place(AlertKeys.CALLBACK.name(), config),
            AlertKeys.CALLBACK.name(),
            "add the callback that receives the alerts");
      }
      return Optional.empty();
    }
    return Optional.of(
        new Settings.Alerts(
            receivers(names.get()),
            values.get(AlertKeys.FAILURES_IN_A_ROW),
            values.get(AlertKeys.LATE_BY),
            values.get(AlertKeys.UNAVAILABLE_FOR),
            values.get(AlertKeys.OVERDUE_FOR),
            values.get(AlertKeys.RECOVERED)));
  }

  private List<String> receivers(String names) {
    List<String> receivers = new ArrayList<>();
    for (String name : names.split("\\s*,\\s*")) {
      String callback = Callbacks.resolve(name);
      if (callbacks.contains(callback)) {
        receivers.add(callback);
      } else {
        Setting written = values.setting(AlertKeys.CALLBACK.name()).orElseThrow();
        problems.add(
            written,
            written.quoted()
                + " is unknown"
                + DidYouMean.among(callback, new TreeSet<>(callbacks)));
      }
    }
    return receivers;
  }
}
