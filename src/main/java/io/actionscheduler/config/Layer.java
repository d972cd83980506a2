package io.actionscheduler.config;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The settings of one source. */
final class Layer {
  private final Source.Rank rank;
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final Set<String> replaced = new HashSet<>();

  Layer(Source.Rank rank) {
    this.rank = requireNonNull(rank, "rank is null");
  }

  /** The defaults of the settings that have one. */
  static Layer ofDefaults() {
    Layer layer = new Layer(Source.Rank.DEFAULT);
    for (Key<?> key : Keys.all()) {
      key.fallback()
          .ifPresent(value -> layer.put(new Setting(key.name(), value, Source.byDefault(), true)));
    }
    return layer;
  }

  /** Adds a setting; gives the one of the same key that it replaces, if any. */
  Optional<Setting> put(Setting setting) {
    return Optional.ofNullable(settings.put(setting.key(), setting));
  }

  /** Marks that values of weaker sources at {@code path} and below do not count. */
  void replace(String path) {
    replaced.add(path);
    settings.keySet().removeIf(key -> isAtOrBelow(key, path));
  }

  Source.Rank rank() {
    return rank;
  }

  Map<String, Setting> settings() {
    return settings;
  }

  /**
   * Removes the values that {@code stronger} replaces completely: sections set to null, and lists.
   */
  void giveWayTo(Layer stronger) {
    Set<String> lists = new HashSet<>();
    stronger.settings.keySet().forEach(key -> listOf(key).ifPresent(lists::add));
    settings
        .keySet()
        .removeIf(
            key ->
                lists.contains(key)
                    || listOf(key)
                        .filter(list -> lists.contains(list) || stronger.settings.containsKey(list))
                        .isPresent()
                    || stronger.replaced.stream().anyMatch(path -> isAtOrBelow(key, path)));
  }

  /** The key of the list that has {@code key} as an item. */
  private static Optional<String> listOf(String key) {
    int dot = key.lastIndexOf('.');
    boolean item = dot > 0 && key.substring(dot + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    return item ? Optional.of(key.substring(0, dot)) : Optional.empty();
  }

  /** Its keys in the form of variables, mapped to their form here. */
  Map<String, String> spelling() {
    Map<String, String> written = new TreeMap<>();
    for (String key : settings.keySet()) {
      for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
        written.putIfAbsent(Variables.plain(key.substring(0, dot)), key.substring(0, dot));
      }
      written.putIfAbsent(Variables.plain(key), key);
    }
    return written;
  }

  private static boolean isAtOrBelow(String key, String path) {
    return key.equals(path) || key.startsWith(path + ".");
  }
}
