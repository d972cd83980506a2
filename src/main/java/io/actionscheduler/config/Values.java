package io.actionscheduler.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The settings in force, each from the strongest source that has it. */
final class Values {
  private final TreeMap<String, Setting> inForce;
  private final Map<String, Object> read = new HashMap<>();

  private Values(TreeMap<String, Setting> inForce) {
    this.inForce = inForce;
  }

  /**
   * Combines the sources.
   *
   * @param layers the defaults first, then the weakest
   */
  static Values of(List<Layer> layers, Expressions expressions) {
    for (int weak = 1; weak < layers.size(); weak++) { // a value set to null gets its default
      for (Layer strong : layers.subList(weak + 1, layers.size())) {
        layers.get(weak).giveWayTo(strong);
      }
    }
    TreeMap<String, Setting> inForce = strongest(layers);
    expressions.expand(inForce);
    return new Values(inForce);
  }

  /**
   * Smallrye decides which source wins; the settings are held as well, because it knows no lines.
   */
  private static TreeMap<String, Setting> strongest(List<Layer> layers) {
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
    Map<Integer, Map<String, Setting>> byOrdinal = new HashMap<>();
    for (Layer layer : layers) {
      int ordinal = layer.rank().ordinal100();
      Map<String, String> values = new HashMap<>();
      layer.settings().forEach((key, setting) -> values.put(key, setting.value()));
      builder.withSources(new PropertiesConfigSource(values, layer.rank().name(), ordinal));
      byOrdinal.put(ordinal, layer.settings());
    }
    SmallRyeConfig config = builder.build();
    TreeMap<String, Setting> strongest = new TreeMap<>();
    for (Layer layer : layers) {
      for (String key : layer.settings().keySet()) {
        int ordinal = config.getConfigValue(key).getConfigSourceOrdinal();
        strongest.put(key, byOrdinal.get(ordinal).get(key));
      }
    }
    return strongest;
  }

  /** Converts every value of a known type for {@link #find}; reports those that are refused. */
  void check(Catalogue catalogue, Problems problems) {
    inForce.forEach(
        (key, setting) ->
            catalogue
                .key(key)
                .ifPresent(
                    known -> {
                      try {
                        read.put(key, known.type().read(setting.value()));
                      } catch (Refused e) {
                        problems.add(setting, setting.quoted() + " " + e.of(setting.value()));
                      }
                    }));
  }

  /** The value of {@code key}; empty when it is not set, or is invalid. */
  @SuppressWarnings("unchecked") // check() stored a value of the key's type
  <T> Optional<T> find(Key<T> key) {
    return Optional.ofNullable((T) read.get(key.name()));
  }

  /**
   * The value of a key that has a default or was found to be set. Of a value that was refused, and
   * reported, the default: whoever looks for further problems can go on with it.
   */
  <T> T get(Key<T> key) {
    return find(key)
        .or(() -> key.fallback().map(text -> byDefault(key, text)))
        .orElseThrow(() -> new IllegalStateException(key.name() + " is not set"));
  }

  private static <T> T byDefault(Key<T> key, String text) {
    try {
      return key.type().read(text);
    } catch (Refused e) {
      throw new IllegalStateException("the default of " + key.name() + " is refused", e);
    }
  }

  /**
   * The line of the file at which the section begins that lacks {@code key}, or the nearest one
   * around it that has settings; {@code otherwise} where the file has none.
   */
  Source place(String key, Source otherwise) {
    for (int dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
      Optional<Source> first =
          below(key.substring(0, dot)).values().stream()
              .map(Setting::source)
              .filter(source -> source.rank() == Source.Rank.FILE)
              .min(Comparator.naturalOrder());
      if (first.isPresent()) {
        return first.get();
      }
    }
    return otherwise;
  }

  Optional<Setting> setting(String key) {
    return Optional.ofNullable(inForce.get(key));
  }

  /** The settings below {@code section} by full key, without defaults. */
  SortedMap<String, Setting> below(String section) {
    SortedMap<String, Setting> below =
        new TreeMap<>(inForce.subMap(section + ".", section + "/")); // '/' follows '.'
    below.values().removeIf(setting -> setting.source().rank() == Source.Rank.DEFAULT);
    return below;
  }

  /**
   * The values below {@code section} by the rest of their keys, without defaults. The caller may
   * change the map.
   */
  SortedMap<String, String> under(String section) {
    SortedMap<String, String> under = new TreeMap<>();
    below(section)
        .forEach((key, setting) -> under.put(key.substring(section.length() + 1), setting.value()));
    return under;
  }

  /** All settings, in the order of their keys. */
  SortedMap<String, Setting> all() {
    return inForce;
  }
}
