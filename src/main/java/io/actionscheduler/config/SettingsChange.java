package io.actionscheduler.config;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.config.Settings.Named;
import io.actionscheduler.source.rest.RestSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What differs between two readings of the settings.
 *
 * @param callbacks names of callbacks that are in both, with other settings
 * @param log whether the level of the log differs
 * @param restart keys whose change takes effect at a start only
 */
public record SettingsChange(Set<String> callbacks, boolean log, List<String> restart) {
  /** Parts with secrets, which {@link Settings#origins()} masks, by their section. */
  private static final Map<String, Function<Settings, Object>> WHOLE =
      Map.of(
          "actions_db", Settings::actionsDb,
          "internal_db", Settings::internalDb,
          "http", Settings::http,
          "alerts", Settings::alerts);

  public SettingsChange {
    callbacks = Set.copyOf(callbacks);
    restart = List.copyOf(restart);
    requireNonNull(restart, "restart is null");
  }

  /** Whether nothing differs. */
  public boolean isEmpty() {
    return callbacks.isEmpty() && !log && restart.isEmpty();
  }

  /** What {@code after} has other than {@code before}. */
  public static SettingsChange between(Settings before, Settings after) {
    Set<String> callbacks = new TreeSet<>();
    Set<String> restart = new TreeSet<>();
    Set<String> names = new TreeSet<>(before.callbacks().keySet());
    names.addAll(after.callbacks().keySet());
    for (String name : names) {
      Named old = before.callbacks().get(name);
      Named next = after.callbacks().get(name);
      if (old == null || next == null) {
        restart.add("callbacks." + name + (old == null ? " (new)" : " (gone)"));
      } else if (!isSame(old, next) || !before.limits(name).equals(after.limits(name))) {
        callbacks.add(name);
      }
    }
    WHOLE.forEach(
        (section, part) -> {
          if (!part.apply(before).equals(part.apply(after))) {
            restart.add(section);
          }
        });
    if (!access(before).equals(access(after))) { // their tokens are masked, too
      restart.add("rest");
    }
    Set<String> sections = sectionsOfCallbacks(before);
    sections.addAll(sectionsOfCallbacks(after));
    Map<String, String> values = values(before);
    Map<String, String> others = values(after);
    Set<String> keys = new TreeSet<>(values.keySet());
    keys.addAll(others.keySet());
    for (String key : keys) {
      if (!Objects.equals(values.get(key), others.get(key))
          && !key.equals(Keys.LOG_LEVEL.name())
          && sections.stream().noneMatch(section -> (key + ".").startsWith(section + "."))
          && WHOLE.keySet().stream().noneMatch(section -> key.startsWith(section + "."))) {
        restart.add(key);
      }
    }
    return new SettingsChange(
        callbacks, !before.logLevel().equals(after.logLevel()), List.copyOf(restart));
  }

  private static boolean isSame(Named one, Named other) {
    return one.type().equals(other.type()) && one.values().equals(other.values());
  }

  private static List<RestSettings.Access> access(Settings settings) {
    return settings.restSources().stream().map(RestSettings::access).toList();
  }

  /** Keys whose values are part of callbacks, which are compared as a whole. */
  private static Set<String> sectionsOfCallbacks(Settings settings) {
    Set<String> sections = new TreeSet<>(SharedSections.NAMES);
    settings.callbacks().values().forEach(named -> sections.add(named.prefix()));
    Keys.OF_A_CALLBACK.forEach(key -> sections.add(key.name()));
    return sections;
  }

  private static Map<String, String> values(Settings settings) {
    return settings.origins().stream()
        .collect(
            Collectors.toMap(
                Settings.Origin::key, Settings.Origin::value, (one, other) -> other, TreeMap::new));
  }
}
