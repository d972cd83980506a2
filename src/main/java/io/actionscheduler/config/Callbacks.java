package io.actionscheduler.config;

import io.actionscheduler.action.CodeType;
import io.actionscheduler.config.Settings.Named;
import io.actionscheduler.text.DidYouMean;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds the declared callbacks, and the default one of actions that name none. */
final class Callbacks {
  static final String KAFKA = "kafka";
  static final String STDOUT = "stdout";

  /** The names of the built-in ones in the configuration of the Python program. */
  private static final Map<String, String> PYTHON =
      Map.of(
          "action_scheduler.callbacks:print_command", STDOUT,
          "action_scheduler.callbacks:kafka_send", KAFKA);

  private static final Pattern CLASS =
      Pattern.compile("(?:[\\p{L}_$][\\p{L}\\p{N}_$]*+\\.)++[\\p{L}_$][\\p{L}\\p{N}_$]*");

  private static final String RUNS_CODE =
      " runs code, which is not enabled; set execution.enabled: true, and a key of the HTTP API";

  private final Values values;
  private final Problems problems;
  private final Source config;
  private final Map<String, Named> named = new LinkedHashMap<>();

  /**
   * @param config named in messages about what is missing
   */
  Callbacks(Values values, Problems problems, Source config) {
    this.values = values;
    this.problems = problems;
    this.config = config;
  }

  /** All callbacks by name. */
  Map<String, Named> read() {
    for (String name : declared()) {
      declare(name);
    }
    named.computeIfAbsent(STDOUT, name -> new Named(name, STDOUT, name, Map.of()));
    kafka();
    new SharedSections(values, problems).tellUnused(named.values());
    code();
    if (values.setting(Keys.CALLBACK.name()).isEmpty()) {
      problems.addMissing(
          values.place(Keys.CALLBACK.name(), config),
          Keys.CALLBACK.name(),
          "add the name of a callback, such as stdout");
    }
    values.find(Keys.CALLBACK).ifPresent(this::checkDefault);
    values.find(Keys.DEAD_LETTER).flatMap(name -> name).ifPresent(n -> known(n, "dead_letter"));
    for (Named callback : named.values()) {
      String key = callback.prefix() + ".dead_letter";
      values
          .find(Keys.DEAD_LETTER.in(callback.prefix()))
          .flatMap(name -> name)
          .ifPresent(name -> known(name, key));
      if (callback.type().equals(KAFKA)) {
        require(callback, "server", "add host:port of a broker");
        require(callback, "topic", "add the name of a topic");
      }
    }
    return named;
  }

  /** The callback that the setting {@code action.callback} names. */
  static String resolve(String callback) {
    return PYTHON.getOrDefault(callback, callback);
  }

  /** Where the value of a callback's setting comes from. */
  static Optional<Setting> origin(Values values, Named callback, String key) {
    return values
        .setting(callback.prefix() + "." + key)
        .or(() -> section(callback.type()).flatMap(shared -> values.setting(shared + "." + key)));
  }

  private Collection<String> declared() {
    Collection<String> names = new TreeSet<>();
    int start = Catalogue.CALLBACKS.length() + 1;
    for (String key : values.below(Catalogue.CALLBACKS).keySet()) {
      int dot = key.indexOf('.', start);
      names.add(dot < 0 ? key.substring(start) : key.substring(start, dot));
    }
    return names;
  }

  private void declare(String name) {
    String prefix = Catalogue.CALLBACKS + "." + name;
    boolean builtIn = name.equals(STDOUT) || name.equals(KAFKA) || CodeType.isOne(name);
    Optional<String> type =
        values
            .find(Keys.CALLBACK_TYPE.in(prefix))
            .or(() -> builtIn ? Optional.of(name) : Optional.empty());
    if (type.isEmpty()) {
      if (values.setting(prefix + ".type").isEmpty()) {
        problems.addMissing(
            values.place(prefix + ".type", config),
            prefix + ".type",
            "add it, such as kafka or a class");
      }
      return;
    }
    if (name.equals(KAFKA) && !values.below(KAFKA).isEmpty()) {
      Setting own = values.below(prefix).values().iterator().next();
      problems.add(
          own.source(),
          prefix,
          "set beside the section kafka, which is the same callback; keep one of them");
      return;
    }
    named.put(name, new Named(name, type.get(), prefix, withShared(own(prefix), type.get())));
  }

  /** The section whose settings callbacks of a type share. */
  private static Optional<String> section(String type) {
    return type.equals(KAFKA)
        ? Optional.of(KAFKA)
        : CodeType.isOne(type) ? Optional.of(ExecutionKeys.SECTION) : SharedSections.of(type);
  }

  /** A callback's own settings, completed by the shared ones that it does not set. */
  private Map<String, String> withShared(Map<String, String> own, String type) {
    Map<String, String> all = new TreeMap<>(own);
    Optional<String> section = section(type);
    if (section.isPresent()) {
      Map<String, String> shared =
          SharedSections.NAMES.contains(section.get())
              ? values.under(
                  section.get()) // settings about fires are unknown here: they belong to a callback
              : own(section.get());
      shared.forEach(
          (key, value) -> {
            if (own.keySet().stream().noneMatch(mine -> SharedSections.replaces(mine, key))) {
              all.put(key, value);
            }
          });
    }
    return all;
  }

  /** The section {@code kafka} alone is a callback; beside declared ones it may only be shared. */
  private void kafka() {
    if (named.containsKey(KAFKA)) {
      return;
    }
    Map<String, String> section = own(KAFKA);
    boolean asked =
        values.find(Keys.CALLBACK).map(Callbacks::resolve).equals(Optional.of(KAFKA))
            || values.find(Keys.DEAD_LETTER).flatMap(name -> name).equals(Optional.of(KAFKA));
    boolean shared = named.values().stream().anyMatch(callback -> callback.type().equals(KAFKA));
    boolean complete = section.containsKey("server") && section.containsKey("topic");
    if (asked || complete || !section.isEmpty() && !shared && !isOfTheCluster(section)) {
      named.put(KAFKA, new Named(KAFKA, KAFKA, KAFKA, section));
    }
  }

  /** Whether the section only says where the processes of a cluster find each other. */
  private boolean isOfTheCluster(Map<String, String> section) {
    return values.setting(Keys.CLUSTER_NAME.name()).isPresent()
        && section.keySet().stream()
            .allMatch(key -> key.equals("server") || key.startsWith("properties."));
  }

  /** The settings that the callback itself reads. */
  private Map<String, String> own(String prefix) {
    Map<String, String> own = values.under(prefix);
    own.remove(Keys.CALLBACK_TYPE.name());
    Keys.OF_A_CALLBACK.forEach(key -> own.remove(key.name()));
    return own;
  }

  /**
   * Adds the callbacks that run code under the names of their types, if running code is enabled.
   */
  private void code() {
    boolean enabled = values.find(ExecutionKeys.ENABLED).orElse(false);
    if (enabled && !hasKey()) {
      problems.add(
          values.setting(ExecutionKeys.ENABLED.name()).orElseThrow(),
          "true needs a key of the HTTP API, since without one every client could run code; set"
              + " http.api_key or http.api_keys, or execution.enabled: false");
    }
    for (Named callback : named.values()) {
      if (CodeType.isOne(callback.type()) && !enabled) {
        Optional<Setting> first = values.below(callback.prefix()).values().stream().findFirst();
        problems.add(
            first.map(Setting::source).orElse(config),
            callback.prefix(),
            callback.type() + RUNS_CODE);
      }
    }
    if (enabled) {
      for (String type : CodeType.names()) {
        named.computeIfAbsent(
            type, name -> new Named(name, type, ExecutionKeys.SECTION, own(ExecutionKeys.SECTION)));
      }
    }
  }

  private boolean hasKey() {
    return values.below("http").entrySet().stream()
        .anyMatch(
            entry ->
                (entry.getKey().equals("http.api_key")
                        || entry.getKey().matches("http\\.api_keys\\.[0-9]+(\\.key)?"))
                    && !entry.getValue().value().isBlank());
  }

  private void checkDefault(String written) {
    String name = resolve(written);
    if (named.containsKey(name)) {
      return;
    }
    if (CLASS.matcher(name).matches()) {
      named.put(name, new Named(name, name, Keys.CALLBACK.name(), Map.of()));
    } else if (written.contains(":")) {
      Setting setting = values.setting(Keys.CALLBACK.name()).orElseThrow();
      problems.add(
          setting,
          setting.quoted()
              + " is a function of Python, which can't be called from here; allowed: "
              + String.join(", ", new TreeSet<>(PYTHON.keySet()))
              + ", a callback of type process that runs it");
    } else {
      known(name, Keys.CALLBACK.name());
    }
  }

  private void known(String name, String key) {
    if (!named.containsKey(name) && CodeType.isOne(name)) {
      problems.add(values.setting(key).orElseThrow(), name + RUNS_CODE);
    } else if (!named.containsKey(name)) {
      Setting setting = values.setting(key).orElseThrow();
      TreeSet<String> known = new TreeSet<>(named.keySet());
      known.add(KAFKA); // declared when it is first named
      problems.add(
          setting,
          setting.quoted()
              + " is unknown"
              + DidYouMean.among(name, known)
              + "; others are declared in the section callbacks");
    }
  }

  private void require(Named callback, String key, String remedy) {
    boolean set =
        callback.values().keySet().stream().anyMatch(k -> (k + ".").startsWith(key + "."));
    if (!set) {
      String whole = callback.prefix() + "." + key;
      problems.addMissing(values.place(whole, config), whole, remedy);
    }
  }
}
